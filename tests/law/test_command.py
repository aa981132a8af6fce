"""`manage.py law` asked by somebody who types anything: one sentence, a code, and never a hang."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

PAY = ("contributions", "--country", "ZA", "--gross")
HOSTILE = [
    ((*PAY, "-5"), "gross_negative"),
    ((*PAY, "NaN"), "money_unreadable"),
    ((*PAY, "Infinity"), "money_unreadable"),
    ((*PAY, "1e999999999"), "money_unreadable"),
    ((*PAY, "9" * 5000), "money_unreadable"),
    ((*PAY, "12,50"), "money_unreadable"),
    ((*PAY, "१२"), "money_unreadable"),
    ((*PAY, ""), "money_unreadable"),
    ((*PAY, "10.001"), "money_too_fine"),
    ((*PAY, "5000", "--hours", "-3"), "hours_negative"),
    ((*PAY, "5000", "--hours", "nan"), "hours_unreadable"),
    ((*PAY, "5000", "--hours", "1/0"), "hours_unreadable"),
    ((*PAY, "5000", "--days", "99999"), "days_unlikely"),
    ((*PAY, "5000", "--days", "2.5"), "number_not_whole"),
    ((*PAY, "5000", "--employer", "martian"), "employer_unknown"),
    ((*PAY, "5000", "--on", "2024-13-45"), "day_unreadable"),
    ((*PAY, "5000", "--on", "soon"), "day_unreadable"),
    ((*PAY, "5000", "--on", "1990-01-01"), "law_silent"),
    (("contributions", "--country", "ZA"), "gross_missing"),
    (("contributions", "--gross", "5"), "country_missing"),
    (("contributions", "--country", "../ZA", "--gross", "5"), "law_country_unknown"),
    (("wage", "--country", "ZA", "--hours", "-5", "--gross", "100"), "hours_negative"),
    (("wage", "--country", "ZA", "--hours", "1e400"), "hours_unreadable"),
    (("wage", "--country", "CO", "--on", "1990-01-01"), "law_silent"),
    (("hours", "--country", "CO", "--hours", "400"), "week_too_long"),
]


@pytest.mark.parametrize(("words", "code"), HOSTILE)
def test_whatever_is_asked_a_refusal_is_one_sentence_with_a_code(
    words: tuple[str, ...], code: str
) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("law", *words, stdout=StringIO())
    assert str(refused.value).startswith(f"{code}: ")
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300
    assert refused.value.returncode == 1


@pytest.mark.parametrize(("words", "code"), HOSTILE)
def test_with_json_the_refusal_is_json_and_the_exit_code_is_not_0(
    words: tuple[str, ...], code: str
) -> None:
    out = StringIO()
    with pytest.raises(SystemExit) as refused:
        call_command("law", *words, "--json", stdout=out)
    assert refused.value.code == 1
    answer = json.loads(out.getvalue())
    assert answer["error"]["code"] == code
    assert set(answer) == {"error"}


@pytest.mark.parametrize(
    "words", [(), ("weather",), (*PAY, "5", "--colour", "red"), (*PAY,), ("wage", "--hours")]
)
def test_a_question_that_cannot_be_read_is_one_sentence_too(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        call_command("law", *words)
    assert refused.value.code == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert said[0].startswith("CommandError: question_unreadable: ")


@pytest.mark.parametrize(
    ("country", "gross", "worker", "employer"),
    [("ZA", "9933.52", "99.34", "202.65"), ("CO", "1750905", "140072.00", "438328.00")],
)
def test_each_line_says_from_what_at_whose_cost_and_by_which_rule(
    country: str, gross: str, worker: str, employer: str
) -> None:
    out = StringIO()
    words = ("contributions", "--country", country, "--gross", gross, "--on", "2026-03-15")
    call_command("law", *words, "--json", stdout=out)
    answer = json.loads(out.getvalue())
    for line in answer["lines"]:
        assert all(isinstance(line[k], str) for k in ("scheme", "base", "worker", "employer"))
        assert line["rule"]
        assert line["source"]
    assert (answer["totals"]["worker"], answer["totals"]["employer"]) == (worker, employer)
