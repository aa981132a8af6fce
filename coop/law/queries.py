"""What other apps ask the law: start from `coop.law.registry.pack(country)`."""

from coop.law.rules.contributions import contributions, least_month_hours
from coop.law.rules.leave import accrue_leave, benefits, leave_days_year, notice, sick_days
from coop.law.rules.premiums import multiplier, premium
from coop.law.rules.surplus import share_surplus
from coop.law.rules.surplus_law import check_vote, lawful_vote, statutory_minimums
from coop.law.rules.usable import check_usable
from coop.law.rules.wages import (
    check_wage,
    day_rate,
    minimum_for,
    transport_allowance,
    wage_floor,
    wage_minimum,
    worked_month_hours,
)  # fmt: skip
from coop.law.rules.working_time import (
    check_week,
    day_hours_max,
    is_night,
    minimum_visit_hours,
    week_hours_max,
    working_time,
)  # fmt: skip

__all__ = [
    "accrue_leave",
    "benefits",
    "check_usable",
    "check_vote",
    "check_wage",
    "check_week",
    "contributions",
    "day_hours_max",
    "day_rate",
    "is_night",
    "lawful_vote",
    "least_month_hours",
    "leave_days_year",
    "minimum_for",
    "minimum_visit_hours",
    "multiplier",
    "notice",
    "premium",
    "share_surplus",
    "sick_days",
    "statutory_minimums",
    "transport_allowance",
    "wage_floor",
    "wage_minimum",
    "week_hours_max",
    "worked_month_hours",
    "working_time",
]  # fmt: skip
