"""What the components draw with: shares of a width, words and shapes of states, attributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coop.kernel import Money, round_fraction, total

register = template.Library()

#: name of a state in the domain → (kind of look, icon that tells it without colour, word);
#: where two parts of the domain use one name for different things, with the enum before it
STATES: dict[str, tuple[str, str, Any]] = {
    "requested": ("look", "wait", _("Asked for")),
    "offered": ("look", "half", _("Being offered")),
    "confirmed": ("good", "good", _("Confirmed")),
    "in_progress": ("do", "do", _("Happening now")),
    "over": ("look", "wait", _("Over, not agreed yet")),
    "done": ("good", "good", _("Done")),
    "expired": ("quiet", "quiet", _("Ran out")),
    "cancelled": ("quiet", "no", _("Cancelled")),
    "disputed": ("harm", "look", _("Not agreed yet")),
    "open": ("do", "do", _("Open")),
    "accepted": ("good", "good", _("Accepted")),
    "declined": ("quiet", "no", _("Declined")),
    "withdrawn": ("quiet", "quiet", _("Withdrawn")),
    "draft": ("quiet", "wait", _("Draft")),
    "ChargeState.draft": ("look", "wait", _("Not paid yet")),
    "held": ("look", "half", _("Money held")),
    "captured": ("good", "good", _("Collected")),
    "settled": ("good", "good", _("Settled")),
    "ChargeState.settled": ("good", "good", _("Paid")),
    "failed": ("harm", "harm", _("Failed")),
    "released": ("quiet", "quiet", _("Not charged")),
    "refunded": ("quiet", "back", _("Paid back")),
    "computed": ("look", "half", _("Computed")),
    "approved": ("good", "good", _("Approved")),
    "paid": ("good", "good", _("Paid")),
    "filed": ("good", "record", _("Filed")),
    "due": ("look", "wait", _("Due")),
    "made": ("look", "half", _("Needs a second key")),
    "deducted": ("look", "half", _("Kept for the fund")),
    "queried": ("harm", "help", _("Being asked about")),
    "discussion": ("look", "message", _("In discussion")),
    "noticed": ("look", "wait", _("Announced")),
    "voting": ("do", "decide", _("Voting now")),
    "counting": ("look", "half", _("Voting has ended")),
    "passed": ("good", "good", _("Passed")),
    "set_up": ("quiet", "wait", _("Being set up")),
    "closed": ("quiet", "half", _("Closed")),
    "counted": ("look", "half", _("Counted")),
    "certified": ("good", "record", _("Certified")),
    "applicant": ("look", "wait", _("Applicant")),
    "trial": ("look", "half", _("On trial")),
    "member": ("good", "good", pgettext_lazy("state", "Member")),
    "on_leave": ("quiet", "wait", _("On leave")),
    "suspended": ("harm", "harm", _("Suspended")),
    "left": ("quiet", "quiet", pgettext_lazy("state", "Left")),
    "queued": ("look", "wait", _("Waiting to be sent")),
    "sent": ("look", "half", _("Sent")),
    "delivered": ("good", "good", _("Delivered")),
    "dead": ("harm", "harm", _("Given up")),
}
#: As many threads of a price have a colour of their own.
COLOURS = 7
ICON_OF_KIND = {"good": "good", "look": "look", "harm": "harm", "do": "do", "quiet": "quiet"}


@dataclass(frozen=True, slots=True)
class Shown:
    """How a state is shown: its kind, the icon that tells it without colour, the word."""

    kind: str
    icon: str
    label: str


@register.simple_tag
def state_shown(name: object = "", kind: str = "", label: str = "") -> Shown:
    """The look of a domain state; an unknown name is shown as it is, quietly."""
    key = str(getattr(name, "value", name) or "")
    own = STATES.get(f"{type(name).__name__}.{key}")
    known = own or STATES.get(key, (kind or "quiet", "", key.replace("_", " ").capitalize()))
    look = kind or known[0]
    icon = known[1] if known[1] and look == known[0] else ICON_OF_KIND.get(look, "quiet")
    return Shown(look, icon, label or str(known[2]))


def of(item: object, name: str, default: object = None) -> Any:
    """A part of a mapping or of an object, so that components take dicts and dataclasses alike."""
    if isinstance(item, Mapping):
        return item.get(name, default)
    return getattr(item, name, default)


def width(part: Fraction) -> str:
    """A share as the percentage an SVG attribute reads, to a thousandth: "33.333%"."""
    thousandths = round_fraction(part * 100_000)
    return f"{thousandths // 1000}.{thousandths % 1000:03d}%"


@dataclass(frozen=True, slots=True)
class Thread:
    """One thread of a woven price: where it lies, how wide it is, and what stands behind it."""

    item: Any
    index: int
    colour: int
    x: str
    width: str
    share: Fraction
    amount: Money


@register.filter
def woven(threads: Iterable[Any] | None) -> list[Thread]:
    """Lay threads (each with `amount`) side by side, each as wide as its share of their sum."""
    items = list(threads or ())
    amounts: list[Money] = [of(item, "amount") for item in items]
    whole = sum(amount.minor for amount in amounts)
    laid: list[Thread] = []
    at = Fraction(0)
    for index, (item, amount) in enumerate(zip(items, amounts, strict=True)):
        share = Fraction(amount.minor, whole) if whole > 0 else Fraction(0)
        drawn = max(share, Fraction(0))
        laid.append(
            Thread(item, index, index % COLOURS + 1, width(at), width(drawn), share, amount)
        )
        at += drawn
    return laid


@register.filter
def sum_of(lines: Iterable[Any] | None) -> Money | None:
    """What lines with an `amount` sum to; nothing for no lines."""
    amounts: Sequence[Money] = [of(line, "amount") for line in lines or ()]
    return total(amounts, amounts[0].currency) if amounts else None


@register.filter
def part_of(part: int | None, whole: int | None) -> str:
    """`part` as a percentage of `whole`, between nothing and all of it, for an SVG attribute."""
    if not whole or part is None:
        return width(Fraction(0))
    return width(min(max(Fraction(part, whole), Fraction(0)), Fraction(1)))


@register.filter
def as_width(share: str) -> str:
    """A written share between nothing and one, "0.92" or "2/3", for an SVG attribute."""
    return width(min(max(Fraction(share), Fraction(0)), Fraction(1)))


@dataclass(frozen=True, slots=True)
class Bar:
    """Hours on a bar whose bed is the larger of limit, wish and done."""

    done: str
    over: str
    over_x: str
    limit_x: str
    wish_x: str
    left: int
    is_over: bool


@register.simple_tag
def hours_laid(done: int, limit: int, wish: int | None = None) -> Bar:
    """Where done, limit and wish (seconds) lie on one bar; `left` is limit minus done."""
    bed = max(done, limit, wish or 0, 1)
    return Bar(
        done=part_of(min(done, limit), bed),
        over=part_of(max(done - limit, 0), bed),
        over_x=part_of(limit, bed),
        limit_x=part_of(limit, bed),
        wish_x=part_of(wish or 0, bed),
        left=max(limit - done, 0),
        is_over=done > limit,
    )


@dataclass(frozen=True, slots=True)
class Cloth:
    """A vote's cloth: woven as far as the turnout, with the quorum's mark."""

    turnout: str
    share: Fraction
    quorum_x: str
    reached: bool


@register.simple_tag
def cloth(cast: int, roll: int, quorum: int = 0) -> Cloth:
    """How far `cast` of `roll` ballots have woven the cloth; never how they were cast."""
    share = Fraction(cast, roll) if roll else Fraction(0)
    return Cloth(part_of(cast, roll), share, part_of(quorum, roll), cast >= quorum)


@register.filter
def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """A component's spare attributes, every value escaped.

    The package's own `{{ attrs }}` marks values as safe, so a typed name would be markup.
    """
    pairs = attrs.attrs_dict() if hasattr(attrs, "attrs_dict") else dict(attrs)
    parts: list[SafeString] = [
        format_html(" {}", key) if value is True else format_html(' {}="{}"', key, value)
        for key, value in pairs.items()
        if value is not False and value is not None
    ]
    return mark_safe("".join(parts))


@register.filter
def described(field: Any) -> str:
    """What kind of control a bound field is: "check", "choices", "day" or "text"."""
    widget = getattr(field, "widget_type", "text")
    if widget == "checkbox":
        return "check"
    if getattr(field.field.widget, "input_type", "") == "date":
        return "day"
    return "choices" if widget in ("radioselect", "checkboxselectmultiple") else "text"


@register.filter
def with_order(field: Any) -> SafeString:
    """A date's control, described by its hint, by what its order of day and month is, by errors."""
    parts = [field.aria_describedby or "", f"{field.auto_id}_order"]
    shown: SafeString = field.as_widget(attrs={"aria-describedby": " ".join(parts).strip()})
    return shown


@register.filter
def part(item: object, name: str) -> Any:
    """A part of a dict or dataclass by name, "" when it has none."""
    found = of(item, name, "")
    return "" if found is None else found
