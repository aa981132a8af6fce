from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from coop.audit import operations as audit
from coop.kernel import BadInput, Money, RuleBroken, Said, saying
from coop.members.types import MemberRef
from payments.ledger.models import Entry, Posting
from payments.ledger.operations._open import open_accounts
from payments.ledger.types import AccountRef, Leg

Content = tuple[str, str, UUID | None, tuple[tuple[str, str, int, str], ...]]


@transaction.atomic
def post(
    *,
    by: MemberRef,
    at: datetime,
    key: str,
    kind: str,
    postings: Sequence[Leg],
    memo: Said,
    about: tuple[str, UUID] | None = None,
    reverses_id: UUID | None = None,
) -> UUID:
    """Write one balanced entry; its id. The same key with the same content again is the same entry.

    Legs on the same account and currency are added up; legs of nothing are left out. Raises
    `entry_key_reused` when the key stands for something else, `entry_unbalanced`, `entry_too_few`.
    """
    legs = _together(postings)
    _check(legs)
    entry = Entry(
        cooperative_id=by.cooperative_id, key=key, kind=kind, memo=memo.sentence[:300],
        facts=memo.kept, at=at,
        about_kind=about[0] if about else "", about_id=about[1] if about else None,
        by_id=by.person_id, reverses_id=reverses_id,
    )  # fmt: skip
    kept = _kept(by.cooperative_id, key)
    if kept is None:
        kept = _write(by, entry, legs)
    if kept is not None:
        _same_or_refuse(kept, entry, legs)
        return kept.id
    audit.record(
        by=by, at=at, sentence=saying("posted %(memo)s", memo=memo), about=("entry", entry.id)
    )
    return entry.id


def _together(postings: Sequence[Leg]) -> list[Leg]:
    sums: dict[tuple[AccountRef, str], int] = defaultdict(int)
    for leg in postings:
        sums[leg.account, leg.amount.currency] += leg.amount.minor
    return [Leg(ref, Money(minor, currency)) for (ref, currency), minor in sums.items() if minor]


def _check(legs: Sequence[Leg]) -> None:
    """Courtesy before the database says the same."""
    if len(legs) < 2:
        raise BadInput("entry_too_few", "An entry needs at least two accounts that change.")
    sums: dict[str, int] = defaultdict(int)
    for leg in legs:
        sums[leg.amount.currency] += leg.amount.minor
    for currency, minor in sums.items():
        if minor:
            raise BadInput(
                "entry_unbalanced",
                "An entry sums to zero; this one is off by %(off_by)s.",
                off_by=str(Money(minor, currency)),
            )


def _kept(cooperative_id: UUID, key: str) -> Entry | None:
    return Entry.objects.filter(cooperative_id=cooperative_id, key=key).first()


def _write(by: MemberRef, entry: Entry, legs: Sequence[Leg]) -> Entry | None:
    """Write it; the entry of a rival who was first with this key, when there is one."""
    accounts: dict[tuple[str, AccountRef], UUID] = {}
    for currency in sorted({leg.amount.currency for leg in legs}):
        refs = {leg.account for leg in legs if leg.amount.currency == currency}
        opened = open_accounts(cooperative_id=by.cooperative_id, currency=currency, refs=refs)
        accounts |= {(currency, ref): id_ for ref, id_ in opened.items()}
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        if "entry_key_once" in str(error):
            return _kept(by.cooperative_id, entry.key)
        if "entry_reversed_once" in str(error):
            raise RuleBroken(
                "entry_reversed", "This entry was reversed already; post what should stand."
            ) from error
        raise
    Posting.objects.bulk_create(
        [
            Posting(
                cooperative_id=by.cooperative_id, entry=entry, currency=leg.amount.currency,
                account_id=accounts[leg.amount.currency, leg.account],
                amount_minor=leg.amount.minor,
            )
            for leg in legs
        ],
    )  # fmt: skip
    return None


def _same_or_refuse(kept: Entry, entry: Entry, legs: Sequence[Leg]) -> None:
    rows = kept.postings.values_list(
        "account__code", "account__owner_id", "amount_minor", "currency"
    )
    was: Content = (
        kept.kind, kept.about_kind, kept.about_id,
        tuple(sorted((code, str(owner), minor, currency) for code, owner, minor, currency in rows)),
    )  # fmt: skip
    now: Content = (
        entry.kind, entry.about_kind, entry.about_id,
        tuple(sorted(
            (leg.account.code, str(leg.account.owner_id), leg.amount.minor, leg.amount.currency)
            for leg in legs
        )),
    )  # fmt: skip
    if was != now:
        raise RuleBroken(
            "entry_key_reused",
            "The key %(key)r already stands for another entry; nothing was posted.",
            key=entry.key, kept=str(kept.id),
        )  # fmt: skip
