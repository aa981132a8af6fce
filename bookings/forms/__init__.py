"""Courtesy: what a page asks, read into plain values; operations ask what may happen."""

from bookings.forms.booking import BookForm, NeedForm, RhythmForm, soon, weekly_of
from bookings.forms.inputs import request_of
from bookings.forms.visits import (
    AbsenceForm,
    CannotGoForm,
    CodeForm,
    ReasonForm,
    SettleForm,
    TimesForm,
    times_from,
)
from bookings.forms.worktime import LEAVE_KINDS, DayOffForm, LeaveForm, WeekForm

__all__ = [
    "LEAVE_KINDS", "AbsenceForm", "BookForm", "CannotGoForm", "CodeForm", "DayOffForm", "LeaveForm",
    "NeedForm", "ReasonForm", "RhythmForm", "SettleForm", "TimesForm", "WeekForm", "request_of",
    "soon", "times_from", "weekly_of",
]  # fmt: skip
