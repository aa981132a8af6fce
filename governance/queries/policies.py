"""Which rule holds on a day, and how it came to hold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db.models import Q
from django.utils.translation import gettext as _

from coop.kernel import NotFound
from coop.members import queries as members
from governance.models import PolicyVersion
from governance.registry import PolicyKey, key_of, keys
from governance.types import PolicyInForce, PolicyStep, RuleCard

T = TypeVar("T")
#: Founding versions have ids made from the cooperative and the key, written down or not.
_FOUNDING = UUID("8a1f4f0e-5a55-4f0a-9a53-1c2f8a5d7e10")


def founding_id(cooperative_id: UUID, key: str) -> UUID:
    """The id of a key's founding version, the same before and after it is written down."""
    return uuid5(_FOUNDING, f"{cooperative_id}:{key}")


def policy_in_force(key: PolicyKey[T], *, cooperative_id: UUID, on: date) -> PolicyInForce[T]:
    """The rule that holds on a day of the place; founding terms before the first vote.

    Where the law of that day asks more than was voted, its value is the law's. One query. Raises
    NotFound when there is no such cooperative.
    """
    row = (
        PolicyVersion.objects.select_related("cooperative")
        .filter(cooperative_id=cooperative_id, key=key.name)
        .filter(Q(effective_from__lte=on) | Q(founding=True))
        .order_by("-effective_from")
        .first()
    )
    if row is not None:
        return _lawful(key, _of_row(key, row), row.cooperative.country, on)
    country = members.cooperative(cooperative_id).country
    return _lawful(key, _unwritten(key, cooperative_id), country, on)


def _lawful(key: PolicyKey[T], voted: PolicyInForce[T], country: str, on: date) -> PolicyInForce[T]:
    holds = key.at_least(voted.value, country, on)
    return voted if holds == voted.value else replace(voted, value=holds, by_law=True)


def _of_row(key: PolicyKey[T], row: PolicyVersion) -> PolicyInForce[T]:
    return PolicyInForce(
        row.id, key.name, key.parse(row.terms), row.terms, row.effective_from, row.decision_id
    )


def _unwritten(key: PolicyKey[T], cooperative_id: UUID) -> PolicyInForce[T]:
    """A key declared after the founding answers at once, under the id it will be written with."""
    place = members.cooperative(cooperative_id)
    terms = key.founding(place.country, place.founded_on)
    return PolicyInForce(
        founding_id(cooperative_id, key.name), key.name, key.parse(terms), terms,
        place.founded_on, None,
    )  # fmt: skip


def policy_versions(
    ids: Collection[UUID], *, cooperative_id: UUID
) -> dict[UUID, PolicyInForce[Any]]:
    """The versions something was computed from, as voted. Raises NotFound `policy_unknown`."""
    wanted = set(ids)
    rows = PolicyVersion.objects.filter(cooperative_id=cooperative_id, id__in=wanted)
    found: dict[UUID, PolicyInForce[Any]] = {row.id: _of_row(key_of(row.key), row) for row in rows}
    for key in keys():
        unwritten = founding_id(cooperative_id, key.name)
        if unwritten in wanted - found.keys():
            found[unwritten] = _unwritten(key, cooperative_id)
    if wanted - found.keys():
        raise NotFound("policy_unknown", "There is no such version of a rule.")
    return found


def history(key: PolicyKey[Any], *, cooperative_id: UUID) -> list[PolicyStep]:
    """Every version of a rule, newest first, each with the vote it comes from."""
    rows = (
        PolicyVersion.objects.filter(cooperative_id=cooperative_id, key=key.name)
        .select_related("decision__proposal")
        .order_by("-effective_from")
    )
    steps = [_step(key, row) for row in rows]
    if not any(step.decision_id is None for step in steps):
        first = _unwritten(key, cooperative_id)
        steps.append(
            PolicyStep(
                first.version_id, key.name, first.terms, key.describe(first.value),
                first.effective_from, None, None, "",
            )
        )  # fmt: skip
    return steps


def _step(key: PolicyKey[Any], row: PolicyVersion) -> PolicyStep:
    proposal = row.decision.proposal if row.decision else None
    return PolicyStep(
        row.id, key.name, row.terms, key.describe(key.parse(row.terms)), row.effective_from,
        row.decision_id, proposal.id if proposal else None, proposal.title if proposal else "",
    )  # fmt: skip


def rules_in_force(*, cooperative_id: UUID, on: date) -> list[RuleCard]:
    """Every declared rule as it holds on a day, and the next version already decided."""
    place = members.cooperative(cooperative_id)
    rows = PolicyVersion.objects.filter(cooperative_id=cooperative_id)
    by_key: dict[str, list[PolicyVersion]] = {}
    for row in rows.select_related("decision").order_by("effective_from"):
        by_key.setdefault(row.key, []).append(row)
    cards = []
    for key in keys():
        versions = by_key.get(key.name, [])
        now = [v for v in versions if v.founding or v.effective_from <= on]
        later = next((v for v in versions if v not in now), None)
        row_now = now[-1] if now else None
        terms = row_now.terms if row_now else key.founding(place.country, place.founded_on)
        voted = key.parse(terms)
        holds = key.at_least(voted, place.country, on)
        cards.append(
            RuleCard(
                key.name, _(key.title), key.describe(holds), terms,
                row_now.effective_from if row_now else place.founded_on,
                row_now.decision.proposal_id if row_now and row_now.decision else None,
                key.describe(key.parse(later.terms)) if later else "",
                later.effective_from if later else None,
                by_law=holds != voted,
            )
        )  # fmt: skip
    return cards
