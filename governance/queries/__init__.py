"""Reading rules, proposals and votes."""

from governance.queries.counting import count_again, outcome_of, outcome_record
from governance.queries.invariants import breaches, checks
from governance.queries.policies import (
    founding_id,
    history,
    policy_in_force,
    policy_versions,
    rules_in_force,
)
from governance.queries.proposals import (
    decided_terms,
    open_ballot_number,
    proposal,
    proposals,
    waiting_for,
)
from governance.queries.standing import stands_at, visible_to

__all__ = [
    "breaches", "checks", "count_again", "decided_terms", "founding_id", "history",
    "open_ballot_number", "outcome_of", "outcome_record", "policy_in_force",
    "policy_versions", "proposal", "proposals",
    "rules_in_force", "stands_at", "visible_to", "waiting_for",
]  # fmt: skip
