"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from coop.kernel import RuleBroken
from coop.members.access import ref_of, stands
from coop.members.types import MemberRef

#: The ways through the house: who walks them, the page's name, the word and the sign.
WAYS: tuple[tuple[tuple[str, ...], str, Any, str], ...] = (
    (("coordinator",), "bookings:desk", _("Desk"), "desk"),
    (("worker",), "bookings:today", _("Today"), "today"),
    (("household",), "bookings:price", _("Book"), "book"),
    (("household",), "bookings:mine", _("Visits"), "visit"),
    (("worker",), "hours:mine", _("Hours"), "hours"),
    (("worker",), "payroll:mine", _("Pay"), "pay"),
    (("worker",), "payroll:record", _("Record"), "record"),
    (("household",), "charges:mine", _("Bills"), "pay"),
    (("treasurer", "auditor"), "ledger:books", _("Books"), "books"),
    (("treasurer", "board"), "payroll:runs", _("Pay runs"), "pay"),
    (("board", "coordinator"), "members:people", _("People"), "people"),
    (("member", "board", "election_committee"), "governance:decide", _("Decide"), "decide"),
)
#: Pages that lie on somebody's way though their address does not say so.
PART_OF = {
    "bookings:series": "bookings:mine",
    "bookings:work": "bookings:today", "bookings:job": "bookings:today",
    "bookings:withdraw": "bookings:today", "bookings:offer": "bookings:today",
    "bookings:why": "bookings:today", "bookings:time": "bookings:today",
}  # fmt: skip
#: Where each standing begins its day, the first that fits.
HOMES = (
    ("coordinator", "bookings:desk"),
    ("treasurer", "ledger:books"),
    ("board", "governance:decide"),
    ("election_committee", "governance:decide"),
    ("auditor", "ledger:books"),
    ("worker", "bookings:today"),
    ("household", "bookings:mine"),
    ("member", "governance:decide"),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """`me`: the MemberRef or None; `nav_items`: her ways; `records`: the admin, for officers."""
    me = None
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        try:
            me = ref_of(request)
        except RuleBroken:
            me = None
    return {
        "me": me,
        "nav_items": ways(me, _whereabouts(request)) if me else [],
        "own_page": address("members:profile") if me else "",
        "inbox": address("notices:inbox") if me else "",
        "records": address("admin:index") if me and me.offices else "",
        "sockets_url": settings.SOCKETS_URL,
        "demo": settings.LETSEMA_DEMO,
    }


def _whereabouts(request: HttpRequest) -> str:
    """The address of the page shown, or of the page of the ways it belongs to."""
    found = request.resolver_match
    return address(PART_OF.get(found.view_name, "") if found else "") or request.path


def ways(me: MemberRef, path: str) -> list[dict[str, Any]]:
    """Her pages in the order of her day; the longest address that begins this path is current."""
    items: list[dict[str, Any]] = [
        {"label": label, "href": href, "icon": icon, "current": False}
        for standings, name, label, icon in WAYS
        if stands(me, *standings) and (href := address(name))
    ]
    here = [item for item in items if path.startswith(item["href"])]
    if here:
        max(here, key=lambda item: len(item["href"]))["current"] = True
    return items


def home_of(me: MemberRef) -> str:
    """The address of the page her day begins on; the landing page for one without any."""
    for standing, name in HOMES:
        if stands(me, standing) and (href := address(name)):
            return href
    return reverse("home:landing")


def address(name: str) -> str:
    """A page's address, or nothing while no such page is mounted."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
