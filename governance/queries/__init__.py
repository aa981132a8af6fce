"""Reading rules, proposals and votes."""

from governance.queries.policies import (
    founding_id,
    history,
    policy_in_force,
    policy_versions,
    rules_in_force,
)

__all__ = ["founding_id", "history", "policy_in_force", "policy_versions", "rules_in_force"]
