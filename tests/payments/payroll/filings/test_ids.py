"""Identity and fund numbers: a slip of the finger is caught where the law gave a check digit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.payroll.rules.ids import FORM_ONLY, IdInvalid, IdKind, checked, verhoeff, za_birth

#: Numbers published as examples, or made up to fit; nobody's own.
GOOD = {
    IdKind.ZA_ID: ("800101 5009 087", "8001015009087"),
    IdKind.ZA_UIF: ("0123456/8", "01234568"),
    IdKind.CO_CC: ("1.032.456.789", "1032456789"),
    IdKind.CO_NIT: ("800.197.268-4", "8001972684"),
    IdKind.BR_CPF: ("111.444.777-35", "11144477735"),
    IdKind.BR_NIS: ("237.95126.95-5", "23795126955"),
    IdKind.BR_CNPJ: ("11.222.333/0001-81", "11222333000181"),
    IdKind.KE_PIN: ("a012345678z", "A012345678Z"),
    IdKind.DO_CEDULA: ("001-1391820-5", "00113918205"),
    IdKind.AR_CUIL: ("20-12345678-6", "20123456786"),
    IdKind.IN_AADHAAR: ("2341 2341 2346", "234123412346"),
    IdKind.IN_UAN: ("100123456789", "100123456789"),
    IdKind.RW_NID: ("1 1980 8 0012345 0 12", "1198080012345012"),
    IdKind.UG_NIN: ("CM80012345ABCD", "CM80012345ABCD"),
    IdKind.TT_NIS: ("123456789", "123456789"),
}
WITH_DIGIT = sorted(set(GOOD) - FORM_ONLY)


@pytest.mark.parametrize("kind", list(IdKind))
def test_a_good_number_loses_only_its_punctuation(kind: IdKind) -> None:
    written, bare = GOOD[kind]
    assert checked(kind, written) == bare


@pytest.mark.parametrize("kind", WITH_DIGIT)
def test_a_wrong_last_digit_is_refused_and_the_number_is_not_repeated(kind: IdKind) -> None:
    bare = GOOD[kind][1]
    for step in range(1, 10):
        wrong = bare[:-1] + str((int(bare[-1]) + step) % 10)
        with pytest.raises(IdInvalid) as refused:
            checked(kind, wrong)
        assert (refused.value.code, refused.value.reason) == ("id_invalid", "check_digit")
        assert wrong not in str(refused.value)


@pytest.mark.parametrize("kind", list(IdKind))
@pytest.mark.parametrize("text", ["", "12", "١٢٣٤٥٦٧٨٩٠١", "not a number", "9" * 40])
def test_a_number_of_the_wrong_form_is_refused(kind: IdKind, text: str) -> None:
    with pytest.raises(IdInvalid) as refused:
        checked(kind, text)
    assert refused.value.reason == "form"


@given(st.sampled_from(list(IdKind)), st.text(max_size=20))
def test_any_text_is_a_number_or_a_refusal(kind: IdKind, text: str) -> None:
    try:
        bare = checked(kind, text)
    except IdInvalid:
        return
    assert bare.isascii()
    assert checked(kind, bare) == bare


def test_repeated_digits_are_no_brazilian_number_though_their_digits_fit() -> None:
    for kind, length in ((IdKind.BR_CPF, 11), (IdKind.BR_CNPJ, 14)):
        with pytest.raises(IdInvalid):
            checked(kind, "0" * length)


def test_a_south_african_number_needs_a_day_that_exists() -> None:
    with pytest.raises(IdInvalid):
        checked(IdKind.ZA_ID, "8002305009080")
    assert za_birth("8001015009087", date(2026, 3, 1)) == date(1980, 1, 1)


def test_verhoeff_catches_every_swap_of_two_neighbours() -> None:
    assert verhoeff("2363")
    number = "234123412346"
    for at in range(11):
        if number[at] != number[at + 1]:
            swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
            assert not verhoeff(swapped)
