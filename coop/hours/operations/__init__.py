"""What can be done with hours: write them, correct them by a new row."""

from coop.hours.operations._correct import correct_hours
from coop.hours.operations._record import record_hours

__all__ = ["correct_hours", "record_hours"]
