"""The kinds of value in a UIF declaration, each written and read in one way."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from payments.payroll.rules.filings import text as t
from payments.payroll.rules.filings.layout import rows
from payments.payroll.rules.filings.refusal import FilingRefused
from payments.payroll.rules.filings.settings import YES
from payments.payroll.rules.ids import IdInvalid, IdKind, checked

if TYPE_CHECKING:
    from payments.payroll.rules.filings.uif import UifSettings

CURRENCY = "ZAR"
_PAIR = re.compile(r'(\d{4}),(?:"([^"]*)"|([^",]*))(,|$)', re.ASCII)
#: The form of what is only digits or one of few words.
_FORMS = {
    "reference": r"\d{9}",
    "purpose": "LIVE|TEST",
    "digits": r"\d+",
    "paye": r"7\d{9}",
    "identity": r"\d{13}",
}


def tokens(line: str, number: int) -> list[tuple[str, bool, str]]:
    """Code, whether its value was quoted, and the value, for each pair of the line."""
    found, at, more = [], 0, True
    while more:
        pair = _PAIR.match(line, at)
        if pair is None or pair.end() == at:
            raise FilingRefused("pair", line=number, field=f"column {at + 1}")
        code, quoted, bare, comma = pair.groups()
        found.append((code, quoted is not None, bare if quoted is None else quoted))
        at, more = pair.end(), comma == ","
    return found


def write_value(row: Mapping[str, str], value: Any, settings: UifSettings, number: int) -> str:
    """The value as text, quoted when the table says so."""
    kind = row["kind"]
    name = f"{row['code']} {row['key']}"
    writers: dict[str, Callable[[Any], str]] = {
        "reference": lambda ref: str(ref).zfill(9),
        "day": lambda on: f"{on:%Y%m%d}",
        "month": lambda on: f"{on:%Y%m}",
        "amount": lambda money: t.amount(money, decimals=settings.amounts),
        "status": lambda code: _code(code, settings),
        "reason": lambda code: _code(code, settings),
    }
    shown = writers.get(kind, str)(value)
    if row["quoted"] != "yes":
        return shown
    shown = t.clean(shown, line=number, field=name, longest=int(row["longest"]))
    if '"' in shown:
        raise FilingRefused("text_quote", line=number, field=name)
    return f'"{shown}"'


def read_value(row: Mapping[str, str], text: str, settings: UifSettings, number: int) -> Any:
    """The value of one pair, refused unless it has exactly the form of its kind."""
    kind, name = row["kind"], f"{row['code']} {row['key']}"
    if not text or len(text) > int(row["longest"]):
        raise FilingRefused("length", line=number, field=name)
    if kind in _FORMS and not re.fullmatch(_FORMS[kind], text, re.ASCII):
        raise FilingRefused(kind, line=number, field=name)
    readers: dict[str, Callable[[], Any]] = {
        "const": lambda: _const(row, text, number),
        "text": lambda: _text(row, text, number),
        "reference": lambda: _reference(text, settings, number, name),
        "identity": lambda: _identity(text, number, name),
        "day": lambda: t.day(text, "%Y%m%d", line=number, field=name),
        "month": lambda: t.day(text + "01", "%Y%m%d", line=number, field=name),
        "amount": lambda: t.read_amount(
            text, CURRENCY, decimals=settings.amounts, line=number, field=name
        ),
        "count": lambda: _count(text, number, name),
        "status": lambda: _listed(row, text, settings, number),
        "reason": lambda: _listed(row, text, settings, number),
        "account_type": lambda: _listed(row, text, settings, number),
    }
    return readers.get(kind, lambda: text)()


def _code(code: str, settings: UifSettings) -> str:
    return code.zfill(2) if settings.status_digits == "2" else code.lstrip("0")


def _const(row: Mapping[str, str], text: str, number: int) -> str:
    if text != row["const"]:
        name = f"{row['code']} {row['key']}"
        raise FilingRefused("constant", line=number, field=name, detail=row["const"])
    return text


def _text(row: Mapping[str, str], text: str, number: int) -> str:
    name = f"{row['code']} {row['key']}"
    if t.clean(text, line=number, field=name, longest=int(row["longest"])) != text:
        raise FilingRefused("text_spacing", line=number, field=name)
    return text


def _reference(text: str, settings: UifSettings, number: int, name: str) -> str:
    if settings.reference_check == YES:
        _number(IdKind.ZA_UIF, text, number, name)
    return text


def _identity(text: str, number: int, name: str) -> str:
    return _number(IdKind.ZA_ID, text, number, name)


def _number(kind: IdKind, text: str, number: int, name: str) -> str:
    try:
        return checked(kind, text)
    except IdInvalid as error:
        raise FilingRefused("check_digit", line=number, field=name) from error


def _count(text: str, number: int, name: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,14}", text, re.ASCII):
        raise FilingRefused("count", line=number, field=name)
    return int(text)


def _listed(row: Mapping[str, str], text: str, settings: UifSettings, number: int) -> str:
    """A code of the table of codes, kept with two digits whatever the file's width."""
    kind, name = row["kind"], f"{row['code']} {row['key']}"
    if kind == "account_type":
        full, written = text, text
    else:
        full = text.zfill(2)
        written = _code(full, settings)
    known = {each["code"] for each in rows("za_uif_codes") if each["kind"] == kind}
    free = kind == "reason" and settings.reasons == "any" and re.fullmatch(r"\d\d", full, re.ASCII)
    if written != text or not (full in known or free):
        raise FilingRefused(f"{kind}_unknown", line=number, field=name)
    return full
