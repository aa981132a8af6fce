"""Tables of governance."""

from governance.models.ballots import Ballot, BallotRoll, Vote
from governance.models.decisions import Decision, PolicyVersion
from governance.models.proposals import Comment, Proposal

__all__ = ["Ballot", "BallotRoll", "Comment", "Decision", "PolicyVersion", "Proposal", "Vote"]
