"""What governance itself puts to the members: how they decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from coop.kernel import RuleBroken
from governance.registry import PolicyKey, register
from governance.rules.terms import decision_types
from governance.types import DecisionType

_ORDINARY: dict[str, Any] = {
    "threshold": [1, 2], "strict": True, "base": "yes_no", "abstention": "aside",
    "quorum": [1, 3], "discussion_days": 7, "notice_days": 7, "voting_days": 3,
    "second_call": {"after_days": 7, "quorum": [1, 10]}, "propose": "member",
    "secrecy": "open", "cooling_off_days": 0,
}  # fmt: skip
_SPECIAL: dict[str, Any] = _ORDINARY | {
    "threshold": [2, 3], "strict": False, "base": "cast", "quorum": [1, 2],
    "discussion_days": 14, "notice_days": 15, "voting_days": 5, "cooling_off_days": 7,
    "second_call": {"after_days": 7, "quorum": [1, 3]},
}  # fmt: skip

#: The least a special decision takes, with where that is written.
_SOURCES = {
    "ZA": "Co-operatives Act 14 of 2005, definition of special resolution",
    "CO": "Ley 79 de 1988, article 32",
}


def _founding(country: str, on: date) -> dict[str, Any]:
    # Ley 79 de 1988 art. 31: half of the members, or a tenth when too few came to the first call.
    if country == "CO":
        ordinary = _ORDINARY | {"quorum": [1, 2], "base": "cast"}
        return {"ordinary": ordinary, "special": _SPECIAL | {"quorum": [1, 2]}}
    return {"ordinary": dict(_ORDINARY), "special": dict(_SPECIAL)}


def _floor(kinds: dict[str, DecisionType], country: str, on: date) -> None:
    source = _SOURCES.get(country)
    n, d = kinds["special"].threshold
    if source and n * 3 < d * 2:
        raise RuleBroken(
            "below_law",
            "A special decision takes at least two thirds by law (%(source)s);"
            " %(n)s of %(d)s is less.",
            rule="special_resolution",
            source=source,
            n=n,
            d=d,
        )
    n, d = kinds["ordinary"].threshold
    if n * 2 < d:
        raise RuleBroken(
            "below_law",
            "Less than half cannot decide for the rest; %(n)s of %(d)s is less than half.",
            rule="ordinary_resolution",
            source=source or "democratic member control (ICA principle 2)",
            n=n,
            d=d,
        )


def _at_least(kinds: dict[str, DecisionType], country: str, on: date) -> dict[str, DecisionType]:
    lawful = dict(kinds)
    for name, (least_n, least_d) in (("special", (2, 3)), ("ordinary", (1, 2))):
        n, d = kinds[name].threshold
        if n * least_d < least_n * d and (name == "ordinary" or country in _SOURCES):
            lawful[name] = replace(kinds[name], threshold=(least_n, least_d))
    return lawful


def _describe(kinds: dict[str, DecisionType]) -> str:
    return " ".join(_described(name, kind) for name, kind in sorted(kinds.items()))


def _described(name: str, kind: DecisionType) -> str:
    names = {"ordinary": _("Ordinary"), "special": _("Special")}
    said = (
        _("%(kind)s: more than %(n)s of %(d)s, when %(part)s of %(whole)s members take part.")
        if kind.strict
        else _("%(kind)s: at least %(n)s of %(d)s, when %(part)s of %(whole)s members take part.")
    )
    (n, d), (part, whole) = kind.threshold, kind.quorum
    kind_name = names.get(name, name.capitalize())
    return said % {"kind": kind_name, "n": n, "d": d, "part": part, "whole": whole}


DECISION_TYPES: PolicyKey[dict[str, DecisionType]] = register(
    PolicyKey(
        name="decision_types",
        title=_n("How we decide"),
        parse=decision_types,
        founding=_founding,
        describe=_describe,
        floor=_floor,
        at_least=_at_least,
        decided_by="special",
    )
)
