"""Who may be asked for a visit, in what order, and why. Pure; the deep engine moves in here."""

from bookings.matching.distance import metres
from bookings.matching.eligibility import checks
from bookings.matching.needs import Candidate, Judged, Limits, Need, WeekHours
from bookings.matching.ranking import rank

__all__ = ["Candidate", "Judged", "Limits", "Need", "WeekHours", "checks", "metres", "rank"]
