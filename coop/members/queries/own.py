"""What a person may see of herself, and who holds which office."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from coop.kernel import NotFound
from coop.members.models import ApiToken, Consent, Office, OfficeMotion, User, Worker
from coop.members.queries.register import cooperative
from coop.members.types import (
    MemberRef,
    MotionCard,
    MotionState,
    OfficeCard,
    OfficeName,
    PhoneCard,
    ProfileCard,
    TokenCard,
)


def newcomer_ref(*, person_id: UUID, cooperative_id: UUID) -> MemberRef:
    """A person at the door of a cooperative: nothing there yet but herself."""
    here = cooperative(cooperative_id)
    person = User.objects.get(id=person_id)
    return MemberRef(
        here.id, person.id, person.name, here.country, here.currency, here.zone, person.language
    )


def profile(ref: MemberRef) -> ProfileCard:
    """Her own figures."""
    person = User.objects.get(id=ref.person_id or "")
    worker = Worker.objects.filter(id=ref.worker_id).first() if ref.worker_id else None
    return ProfileCard(
        person.name, str(person.phone), person.email, person.language,
        worker.wanted_minutes_per_week if worker else None, worker.travels_km if worker else None,
    )  # fmt: skip


def consents(ref: MemberRef) -> dict[str, bool]:
    """Her latest word on each purpose she was asked about."""
    if ref.person_id is None:
        return {}
    rows = Consent.objects.filter(cooperative_id=ref.cooperative_id, user_id=ref.person_id)
    return dict(rows.order_by("at", "id").values_list("purpose", "given"))


def offices(*, cooperative_id: UUID, on: date) -> list[OfficeCard]:
    """Who holds which office on a day or will later, by office and name."""
    rows = Office.objects.filter(cooperative_id=cooperative_id, term__endswith__gt=on)
    return [_office(o) for o in rows.select_related("user").order_by("name", "user__name", "term")]


def own_offices(ref: MemberRef, *, on: date) -> list[OfficeCard]:
    """The offices she holds herself on a day or will later."""
    held = offices(cooperative_id=ref.cooperative_id, on=on)
    return [card for card in held if card.person_id == ref.person_id]


def office(ref: MemberRef, *, office_id: UUID, on: date) -> OfficeCard:
    """One she may end: any for the board, else her own. Raises NotFound `office_unknown`."""
    known = offices(cooperative_id=ref.cooperative_id, on=on)
    for card in known if ref.has("board") else own_offices(ref, on=on):
        if card.id == office_id:
            return card
    raise NotFound("office_unknown", "There is no such office.")


def _office(o: Office) -> OfficeCard:
    return OfficeCard(
        o.id, OfficeName(o.name), o.user_id, o.user.name, o.term.lower, o.term.upper, o.source
    )


def office_motions(ref: MemberRef, *, at: datetime, on: date) -> list[MotionCard]:
    """What waits for a second board member's key, the oldest first."""
    rows = OfficeMotion.objects.filter(
        cooperative_id=ref.cooperative_id, state=MotionState.WAITING
    ).select_related("user", "asked_by", "office")
    seats = Office.objects.filter(
        cooperative_id=ref.cooperative_id, name=OfficeName.BOARD, term__contains=on
    )
    board = set(seats.values_list("user_id", flat=True))
    return [
        MotionCard(
            m.id, OfficeName(m.name), m.user_id, m.user.name, m.office_id is not None, m.from_on,
            m.until_on, m.source, m.asked_by_id, m.asked_by.name,
            m.lapsed(board=board, at=at, day=on),
        )
        for m in rows.order_by("asked_at", "id")
    ]  # fmt: skip


def tokens(ref: MemberRef) -> list[TokenCard]:
    """Her own tokens in this cooperative, newest first."""
    if ref.person_id is None:
        return []
    rows = ApiToken.objects.filter(cooperative_id=ref.cooperative_id, user_id=ref.person_id)
    return [
        TokenCard(t.id, t.name, t.prefix, t.created_at, t.revoked_at, t.last_used_on)
        for t in rows.order_by("-created_at", "id")
    ]


def phone_book() -> list[PhoneCard]:
    """Everybody who can sign in, with her number: for the on-screen phones of a demonstration."""
    rows = User.objects.filter(is_active=True).order_by("name", "id")
    return [PhoneCard(row.id, row.name, str(row.phone)) for row in rows]
