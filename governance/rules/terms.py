"""Reading what a vote may write: JSON without fractions of a machine's making."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from coop.kernel import BadInput
from governance.types import Base, DecisionType, NewChange, NewMotion, SecondCall

_DAYS = ("discussion_days", "notice_days", "voting_days", "cooling_off_days")


def exact(terms: Any) -> None:
    """Refuse floats anywhere in terms: rates and amounts are strings or whole numbers."""
    if isinstance(terms, float):
        raise BadInput(
            "terms_float",
            "Write %(terms)s in quotes: a rule is kept exactly, digit by digit.",
            terms=terms,
        )
    parts = terms.values() if isinstance(terms, dict) else terms if isinstance(terms, list) else ()
    for part in parts:
        exact(part)


def motion_record(motion: NewMotion) -> dict[str, Any]:
    """A motion as it is kept."""
    if motion.act:
        return {"act": motion.act, "payload": dict(motion.payload)}
    return {
        "changes": [
            {"key": c.key, "terms": c.terms, "effective_from": c.effective_from.isoformat()}
            for c in motion.changes
        ]
    }


def motion_of(record: dict[str, Any]) -> NewMotion:
    """A kept motion read again. Raises BadInput `motion_unreadable`."""
    try:
        if "act" in record:
            return NewMotion(act=str(record["act"]), payload=dict(record["payload"]))
        return NewMotion(
            tuple(
                NewChange(c["key"], c["terms"], date.fromisoformat(c["effective_from"]))
                for c in record["changes"]
            )
        )
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput("motion_unreadable", "This motion cannot be read.") from error


def text_hash(title: str, reason: str, motion: dict[str, Any], kind: dict[str, Any]) -> str:
    """The fingerprint of exactly what members are asked and by which decision type."""
    record = {"title": title, "reason": reason, "motion": motion, "decision_type": kind}
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def decision_types(terms: Any) -> dict[str, DecisionType]:
    """Every decision type by name; `ordinary` and `special` are always among them."""
    if not isinstance(terms, dict) or not {"ordinary", "special"} <= terms.keys():
        raise BadInput("decision_types_missing", "There must be an ordinary and a special way.")
    return {name: decision_type(name, one) for name, one in terms.items()}


def decision_type(name: str, terms: Any) -> DecisionType:
    """One decision type. Raises BadInput `decision_type_unreadable` naming what is wrong."""
    try:
        second = terms.get("second_call")
        kind = DecisionType(
            name=name,
            threshold=_part(terms["threshold"]),
            strict=_flag(terms["strict"]),
            base=Base(terms["base"]),
            abstention=_among(terms["abstention"], "aside", "against"),
            quorum=_part(terms["quorum"]),
            propose=_among(terms["propose"], "member", "board"),
            secrecy=_among(terms.get("secrecy", "open"), "open"),
            second_call=SecondCall(_days(second["after_days"]), _part(second["quorum"]))
            if second
            else None,
            **{field: _days(terms[field]) for field in _DAYS},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(
            "decision_type_unreadable",
            "The way to decide %(name)r cannot be read: %(error)s.",
            name=name,
            error=error,
        ) from error
    if kind.voting_days < 1:
        raise BadInput("decision_type_unreadable", "A vote lasts at least one day.")
    return kind


def _part(pair: Any) -> tuple[int, int]:
    n, d = pair
    if type(n) is not int or type(d) is not int or not 0 <= n <= d or d < 1:
        raise ValueError(f"{pair!r} is no part of a whole")
    return n, d


def _days(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= 366:
        raise ValueError(f"{value!r} is no number of days")
    return value


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise ValueError(f"{value!r} is neither true nor false")
    return value


def _among(value: Any, *known: str) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is none of {', '.join(known)}")
    return str(value)
