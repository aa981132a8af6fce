"""What governance does: a proposal is written, discussed, announced, voted, certified, in force."""

from governance.operations._cast_vote import cast_vote
from governance.operations._certify import certify
from governance.operations._charter import charter_missing_keys
from governance.operations._close_ballot import close_ballot
from governance.operations._discuss import comment, start_discussion
from governance.operations._give_notice import give_notice
from governance.operations._open_ballot import open_ballot
from governance.operations._propose import amend_draft, propose
from governance.operations._withdraw import withdraw

__all__ = [
    "amend_draft", "cast_vote", "certify", "charter_missing_keys", "close_ballot", "comment",
    "give_notice", "open_ballot", "propose", "start_discussion", "withdraw",
]  # fmt: skip
