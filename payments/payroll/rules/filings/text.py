"""Text, days and amounts as filings write them, and back; lines of a file as they were ended."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from coop.kernel import Money
from payments.payroll.rules.filings.refusal import FilingRefused

#: No filing of a cooperative comes near this; more is refused before it is looked at.
MOST_BYTES = 64 * 1024 * 1024
#: What a spreadsheet would run as a formula when a cell begins with it.
_FORMULA = ("=", "+", "-", "@")


def clean(text: str, *, line: int, field: str, longest: int) -> str:
    """Composed, single-spaced text. Control characters and too long a text are refused."""
    whole = " ".join(unicodedata.normalize("NFC", text).split())
    if any(unicodedata.category(char)[0] == "C" for char in whole):
        raise FilingRefused("text_control", line=line, field=field)
    if len(whole) > longest:
        raise FilingRefused("text_too_long", line=line, field=field, detail=str(longest))
    return whole


def encode(text: str, encoding: str, *, line: int) -> bytes:
    """Bytes of one line; a character the encoding lacks is refused, never replaced."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        odd = text[error.start]
        raise FilingRefused("text_unwritable", line=line, detail=f"U+{ord(odd):04X}") from error


def decode(content: bytes, encoding: str) -> str:
    if len(content) > MOST_BYTES:
        raise FilingRefused("file_too_big", detail=str(MOST_BYTES))
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        at = content.count(b"\n", 0, error.start) + 1
        raise FilingRefused("encoding", line=at, detail=encoding) from error


def join(lines: Iterable[bytes], ending: str, *, final: bool) -> bytes:
    body = ending.encode().join(lines)
    return body + ending.encode() if final else body


def split(content: bytes, encoding: str, ending: str, *, final: bool) -> list[str]:
    """The lines of a file that ends them as promised, the last one too or not."""
    text = decode(content, encoding)
    if text.endswith(ending) != final:
        raise FilingRefused("final_line_ending", line=text.count("\n") + 1)
    lines = (text[: -len(ending)] if final else text).split(ending)
    for number, each in enumerate(lines, 1):
        if not each:
            raise FilingRefused("line_empty", line=number)
        if re.search(r"[\r\n]", each):
            raise FilingRefused("line_ending", line=number)
    return lines


def day(text: str, form: str, *, line: int, field: str) -> date:
    """A calendar day written exactly as `form` (`%Y%m%d`, `%Y-%m-%d`)."""
    pattern = {"%Y%m%d": r"(\d{4})(\d\d)(\d\d)", "%Y-%m-%d": r"(\d{4})-(\d\d)-(\d\d)"}[form]
    found = re.fullmatch(pattern, text, re.ASCII)
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise FilingRefused("date", line=line, field=field, detail=text[:20])


def amount(money: Money, *, decimals: str) -> str:
    """In major units: "two" always shows cents, "trimmed" leaves `.00` away."""
    shown = money.major()
    return shown.removesuffix(".00") if decimals == "trimmed" else shown


def read_amount(text: str, currency: str, *, decimals: str, line: int, field: str) -> Money:
    """An amount not below nought, in the one way it may be written."""
    if re.fullmatch(r"(0|[1-9]\d{0,14})(\.\d\d)?", text, re.ASCII):
        money = Money.of(Decimal(text), currency)
        if amount(money, decimals=decimals) == text:
            return money
    raise FilingRefused("amount", line=line, field=field, detail=text[:20])


def cell(text: str, *, line: int, field: str, longest: int = 200) -> str:
    """Text for a file that is opened in a spreadsheet: nothing in it may run as a formula."""
    whole = clean(text, line=line, field=field, longest=longest)
    if whole.startswith(_FORMULA):
        raise FilingRefused("text_formula", line=line, field=field)
    return whole


def csv_line(cells: Sequence[str]) -> str:
    """RFC 4180, quoted only where it must be."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def read_csv_line(text: str, *, line: int, columns: int) -> list[str]:
    """The cells of one line, so many and no more, written as `csv_line` writes them."""
    try:
        rows = list(csv.reader([text], strict=True))
    except csv.Error as error:
        raise FilingRefused("csv", line=line) from error
    cells = rows[0] if rows else []
    if len(cells) != columns:
        raise FilingRefused("columns", line=line, detail=f"{len(cells)} != {columns}")
    if csv_line(cells) != text:
        raise FilingRefused("csv_quoting", line=line)
    return cells
