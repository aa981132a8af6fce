"""Identity and fund numbers: their form and, where one is known, their check digit.

`checked` gives the number as a filing writes it (no dots, dashes or spaces) or refuses it with the
code `id_invalid`. Where only the form is known nothing more is promised: see `FORM_ONLY`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

from coop.kernel import BadInput


class IdKind(StrEnum):
    ZA_ID = "za_id"
    ZA_UIF = "za_uif"
    CO_CC = "co_cc"
    CO_NIT = "co_nit"
    BR_CPF = "br_cpf"
    BR_NIS = "br_nis"
    BR_CNPJ = "br_cnpj"
    KE_PIN = "ke_pin"
    DO_CEDULA = "do_cedula"
    AR_CUIL = "ar_cuil"
    IN_AADHAAR = "in_aadhaar"
    IN_UAN = "in_uan"
    RW_NID = "rw_nid"
    UG_NIN = "ug_nin"
    TT_NIS = "tt_nis"


#: Kinds whose check digit is not published or not known here: only their form is looked at.
FORM_ONLY = frozenset(
    {IdKind.CO_CC, IdKind.KE_PIN, IdKind.IN_UAN, IdKind.RW_NID, IdKind.UG_NIN, IdKind.TT_NIS}
)


class IdInvalid(BadInput):
    """A number has the wrong form or its check digit does not fit. The number is not repeated."""

    def __init__(self, kind: IdKind, reason: str) -> None:
        super().__init__(
            "id_invalid",
            "This is not a valid number (%(kind)s): %(reason)s.",
            kind=str(kind),
            reason=reason,
        )
        self.kind, self.reason = kind, reason

    def __reduce__(self) -> tuple[object, ...]:
        return (IdInvalid, (self.kind, self.reason))


def checked(kind: IdKind, text: str) -> str:
    """The number without its punctuation. Raises IdInvalid, which says why and not which."""
    bare = re.sub(r"[ .\-/]", "", text).upper()
    form, fits = _KINDS[kind]
    if not re.fullmatch(form, bare, re.ASCII):
        raise IdInvalid(kind, "form")
    if not fits(bare):
        raise IdInvalid(kind, "check_digit")
    return bare


def za_birth(text: str, on: date) -> date:
    """The day of birth in a South African number; of two centuries, the one not after `on`."""
    short = checked(IdKind.ZA_ID, text)[:6]
    born = _day(on.year // 100 * 100, short)
    if born is None or born > on:
        born = _day(on.year // 100 * 100 - 100, short) or born
    if born is None:
        raise IdInvalid(IdKind.ZA_ID, "date")
    return born


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 annex B: from the right every second digit doubled, its digits summed."""
    odd = sum(int(d) for d in digits[-1::-2])
    even = sum(sum(divmod(2 * int(d), 10)) for d in digits[-2::-2])
    return (odd + even) % 10 == 0


def nit_digit(number: str) -> str:
    """The check digit of a Colombian NIT (DIAN, Orden administrativa 4 de 1989)."""
    weights = (3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71)
    rest = sum(int(d) * w for d, w in zip(reversed(number), weights, strict=False)) % 11
    return str(rest if rest < 2 else 11 - rest)


def uif_digit(seven: str) -> str:
    """The check digit of a South African UIF reference (E03 specification, appendix A; likely)."""
    return str(sum(int(d) * w % 11 for d, w in zip(seven, (1, 2, 4, 5, 7, 8, 2), strict=True)) % 10)


def _day(century: int, yymmdd: str) -> date | None:
    try:
        return date(century + int(yymmdd[:2]), int(yymmdd[2:4]), int(yymmdd[4:]))
    except ValueError:
        return None


def _any(bare: str) -> bool:
    return True


def _za_id(bare: str) -> bool:
    return luhn(bare) and any(_day(century, bare[:6]) for century in (1900, 2000))


def _za_uif(bare: str) -> bool:
    digits = bare[-8:]
    return bare.rjust(9, "0")[0] == "0" and uif_digit(digits[:7]) == digits[7]


def _co_nit(bare: str) -> bool:
    return nit_digit(bare[:-1]) == bare[-1]


def _mod11(digits: str, weights: Sequence[int]) -> str:
    """Receita Federal's digit: eleven less the rest, nought where that is ten or eleven."""
    rest = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
    return "0" if rest < 2 else str(11 - rest)


def _br_cpf(bare: str) -> bool:
    first = _mod11(bare[:9], range(10, 1, -1))
    return len(set(bare)) > 1 and bare[9:] == first + _mod11(bare[:9] + first, range(11, 1, -1))


def _br_cnpj(bare: str) -> bool:
    weights = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
    first = _mod11(bare[:12], weights[1:])
    return len(set(bare)) > 1 and bare[12:] == first + _mod11(bare[:12] + first, weights)


def _br_nis(bare: str) -> bool:
    return len(set(bare)) > 1 and _mod11(bare[:10], (3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == bare[10]


def _ar_cuil(bare: str) -> bool:
    """ANSES: weights 5432765432, eleven less the rest; eleven writes 0, ten is never given."""
    rest = sum(int(d) * w for d, w in zip(bare[:10], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True))
    digit = (11 - rest % 11) % 11
    return digit < 10 and str(digit) == bare[10]


#: Verhoeff (1969): multiplication in the dihedral group of ten, and the permutation by place.
_D5 = [
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
]  # fmt: skip
_PLACE = [
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
]  # fmt: skip


def verhoeff(digits: str) -> bool:
    """Whether the last digit is the Verhoeff check digit of the others (UIDAI for Aadhaar)."""
    state = 0
    for place, digit in enumerate(reversed(digits)):
        state = int(_D5[state][int(_PLACE[place % 8][int(digit)])])
    return state == 0


_KINDS: dict[IdKind, tuple[str, Callable[[str], bool]]] = {
    IdKind.ZA_ID: (r"\d{10}[012]\d{2}", _za_id),
    IdKind.ZA_UIF: (r"\d{8,9}", _za_uif),
    IdKind.CO_CC: (r"[1-9]\d{2,9}", _any),
    IdKind.CO_NIT: (r"[1-9]\d{5,14}", _co_nit),
    IdKind.BR_CPF: (r"\d{11}", _br_cpf),
    IdKind.BR_NIS: (r"\d{11}", _br_nis),
    IdKind.BR_CNPJ: (r"\d{14}", _br_cnpj),
    IdKind.KE_PIN: (r"[A-Z]\d{9}[A-Z]", _any),
    IdKind.DO_CEDULA: (r"\d{11}", luhn),
    IdKind.AR_CUIL: (r"(20|23|24|25|26|27|30|33|34)\d{9}", _ar_cuil),
    IdKind.IN_AADHAAR: (r"[2-9]\d{11}", verhoeff),
    IdKind.IN_UAN: (r"\d{12}", _any),
    IdKind.RW_NID: (r"[123]\d{15}", _any),
    IdKind.UG_NIN: (r"[A-Z]{2}[A-Z0-9]{12}", _any),
    IdKind.TT_NIS: (r"\d{9}", _any),
}
