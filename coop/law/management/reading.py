"""What a person writes after an option: days, amounts, numbers, lists; one refusal for each."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from coop.kernel import BadInput, Money
from coop.law.types import Pack, read_number

#: No exponents, so that no few letters mean a number of a million digits.
_PLAIN_AMOUNT = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,8})?")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]{1,12}((\.|/)[0-9]{1,12})?")
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")


def day(text: str | None) -> date | None:
    if not text:
        return None
    full = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
    try:
        return date.fromisoformat(full)
    except ValueError as error:
        raise BadInput(
            "day_unreadable", "%(text)r is not a day; write 2024-02-15.", text=text
        ) from error


def money(pack: Pack, options: dict[str, Any], name: str) -> Money:
    text = options[name]
    if text is None:
        raise BadInput(f"{name}_missing", "Say the amount: --%(name)s 1000.00.", name=name)
    if not _PLAIN_AMOUNT.fullmatch(text):
        raise BadInput(
            "money_unreadable", "%(what)r is not an amount; write 1000.00.", what=text[:40]
        )
    return Money.of(text, pack.currency)


def must(options: dict[str, Any], name: str) -> Fraction:
    text = options[name]
    if not _PLAIN_NUMBER.fullmatch(text):
        raise BadInput(
            f"{name}_unreadable", "%(what)r is not a number; write 7.5 or 1/3.", what=text[:40]
        )
    try:
        return read_number(text)
    except ValueError as error:
        raise BadInput(f"{name}_unreadable", "%(text)r is not a number.", text=text) from error


def number(options: dict[str, Any], name: str) -> Fraction | None:
    number = None if options[name] is None else must(options, name)
    if number is not None and number < 0:
        raise BadInput(
            f"{name}_negative",
            "%(what)s cannot be less than nothing.",
            what=name.replace("_", " ").capitalize(),
        )
    return number


def whole(options: dict[str, Any], name: str) -> int | None:
    return None if options[name] is None else whole_number(options[name])


def whole_number(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise BadInput("number_not_whole", "%(what)r is not a whole number.", what=text[:40])
    return int(text)


def pair(text: str) -> tuple[str, Fraction]:
    name, _, value = text.partition("=")
    return name, must({"pair": value}, "pair")


def whole_list(options: dict[str, Any], name: str) -> list[int]:
    """One whole number or several with commas; empty when nothing was said."""
    text = options[name]
    return [] if text is None else [whole_number(part) for part in text.split(",")]


def weeks(options: dict[str, Any], on: date) -> int | None:
    """The weeks a pay is for; "mondays" counts those of the month, as a fund by weeks does."""
    if options["weeks"] == "mondays":
        first = on.replace(day=1)
        days = [first + timedelta(days=n) for n in range(31)]
        return sum(1 for day in days if day.month == on.month and day.weekday() == 0)
    return whole(options, "weeks")
