"""Every published worked case of the shared data, asked of `manage.py law … --json`, to the cent."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

ROOT = Path(__file__).parents[2]
FILE = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data"))
FILE = (FILE if FILE.is_absolute() else ROOT / FILE) / "law" / "worked_examples.yaml"

Answer = dict[str, Any]


def law(question: str, country: str, **options: str) -> Answer:
    out = StringIO()
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    call_command("law", question, "--country", country, *words, "--json", stdout=out)
    answer: Answer = json.loads(out.getvalue())
    return answer


def line(answer: Answer, scheme: str) -> Answer:
    return next(row for row in answer["lines"] if row["scheme"] == scheme)


def value(answer: Answer, name: str) -> str:
    return str(line(answer, name)["value"])


def amounts(answer: Answer, scheme: str, *keys: str) -> list[str]:
    return [line(answer, scheme)[key] for key in keys]


def inss(salary: str, on: str) -> Answer:
    return line(law("contributions", "BR", gross=salary, on=on), "INSS")


def part_amounts(row: Answer) -> list[str]:
    return [part["worker"] for part in row["parts"]]


def nssf(gross: str, on: str) -> list[str]:
    return amounts(law("contributions", "KE", gross=gross, on=on), "NSSF", "worker", "employer")


def full_time_in_colombia() -> list[str]:
    asked = law("contributions", "CO", gross="1750905", on="2026-02")
    return [
        line(asked, scheme)["before_rounding"]["employer"]
        for scheme in ("SALUD", "PENSION", "ARL", "CAJA")
    ]


def uif(*keys: str, **options: str) -> list[str]:
    return amounts(law("contributions", "ZA", **options), "UIF", *keys)


def worth(hours: str, days: str, on: str) -> str:
    return str(law("wage", "ZA", hours=hours, days=days, on=on)["minimum"])


def year_one_table() -> list[list[str]]:
    pays = ("3000", "4500", "6000", "10000", "14000", "18000", "20000", "500000")
    asked = [law("contributions", "KE", gross=pay, on="2023-02") for pay in pays]
    rows = [amounts(answer, "NSSF", "worker", "total") for answer in asked]
    return [[row[i] for row in rows] for i in (0, 1)]


def trinidad() -> list[str]:
    asked = law("contributions", "TT", gross="820", on="2016-09-05")
    return [line(asked, "NIS")["rule"].split(" (")[0], *amounts(asked, "NIS", "worker", "employer")]


def wages(country: str, on: str, *names: str) -> list[str]:
    asked = law("wage", country, on=on)
    return [value(asked, name) for name in names]


def argentina(band: str) -> str:
    asked = law("contributions", "AR", gross="200000", on="2026-02", **{"class": band})
    return str(asked["totals"]["total"])


def second_half(pay: str) -> str:
    asked = law("thirteenth", "CO", gross=pay, months="6", on="2016-12")
    return str(line(asked, "prima")["amount"])


DAY_PARTS = ("day_rate_base", "day_rate_rest_day_part", "day_rate_transport", "day_rate_total")

#: Each example of the file: what is asked, and the figures its source prints.
CASES: dict[str, tuple[Callable[[], object], object]] = {
    "ZA-1": (
        lambda: uif("worker", "employer", "total", gross="1000", on="2026-02"),
        ["10.00", "10.00", "20.00"],
    ),
    "ZA-4": (lambda: uif("base", "total", gross="39220", on="2024-02"), ["17712.00", "354.24"]),
    "ZA-5": (lambda: uif("total", gross="11550.00", on="2026-02"), ["231.00"]),
    "ZA-6": (lambda: worth("8", "20", "2023-04"), "4067.20"),
    "ZA-8": (lambda: worth("8", "23", "2025-04"), "5297.36"),
    "CO-1": (full_time_in_colombia, ["148827.00", "210109.00", "9140.00", "70036.00"]),
    "CO-5": (
        lambda: wages("CO", "2026-02", *DAY_PARTS),
        ["58364.00", "9727.00", "8303.00", "76394.00"],
    ),
    "CO-6": (
        lambda: law("contributions", "CO", days="1,7,8,14,15,21,22", on="2026-02")["weeks"],
        [1, 1, 2, 2, 3, 3, 4],
    ),
    "CO-8": (lambda: second_half("767155"), "383578.00"),
    "KE-1": (lambda: nssf("9000", "2026-02"), ["540.00", "540.00"]),
    "KE-2": (lambda: nssf("15000", "2026-02")[0], "900.00"),
    "KE-3": (lambda: nssf("50000", "2026-02")[0], "3000.00"),
    "KE-4": (lambda: nssf("80000", "2026-02")[0], "4800.00"),
    "KE-7": (
        year_one_table,
        [
            ["180.00", "270.00", "360.00", "600.00", "840.00", "1080.00", "1080.00", "1080.00"],
            ["360.00", "540.00", "720.00", "1200.00", "1680.00", "2160.00", "2160.00", "2160.00"],
        ],
    ),
    "KE-10": (
        lambda: [*wages("KE", "2022-06", "month"), *wages("KE", "2024-11", "month")],
        ["15201.65", "16113.75"],
    ),
    "BR-2": (lambda: inss("1412.00", "2024")["worker"], "105.90"),
    "BR-3": (lambda: inss("1550.00", "2024")["worker"], "118.32"),
    "BR-5": (
        lambda: [inss("1238.11", "2021")["worker"], *part_amounts(inss("1238.11", "2021"))],
        ["94.92", "82.50", "12.42"],
    ),
    "BR-7": (
        lambda: [inss("5000.00", "2024")["worker"], *part_amounts(inss("5000.00", "2024"))],
        ["518.82", "105.90", "112.92", "160.00", "140.00"],
    ),
    "BR-9": (lambda: inss("9000.00", "2025")["worker"], "951.62"),
    "TT-2": (
        lambda: wages("TT", "2024-01", "hour", "day", "week", "month"),
        ["20.50", "164.00", "820.00", "3553.33"],
    ),
    "TT-4": (trinidad, ["class V", "37.20", "74.40"]),
    "DO-2": (lambda: wages("DO", "2023-01", "month", "day"), ["10000.00", "419.63"]),
    "AR-2": (lambda: argentina("12-16"), "13727.08"),
    "AR-3": (lambda: argentina("<12"), "8741.78"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_command_gives_what_the_source_prints(case: str) -> None:
    asked, printed = CASES[case]
    assert asked() == printed


def published() -> list[dict[str, Any]]:
    if not FILE.exists() and not os.environ.get("CI"):
        pytest.skip(f"the shared examples are not here: {FILE}")
    found: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["examples"]
    return found


def test_no_published_example_is_left_out() -> None:
    ids = [example["id"] for example in published()]
    assert len(ids) == 25
    assert sorted(ids) == sorted(CASES)


def numbers(found: object) -> set[Decimal]:
    """Every amount in a nested value, to the cent."""
    if isinstance(found, dict):
        return set().union(*(numbers(v) for v in found.values())) if found else set()
    if isinstance(found, list | tuple):
        return set().union(*(numbers(v) for v in found)) if found else set()
    try:
        return {Decimal(str(found)).quantize(Decimal("0.01"))}
    except ArithmeticError:
        return set()


def test_what_is_compared_here_is_what_the_file_prints() -> None:
    """No figure of the file is dropped or bent in the table above."""
    for example in published():
        expected = dict(example["expected"])
        expected.pop("month_gt", None)  # "more than 4000": the exact amount stands beside it
        missing = numbers(expected) - numbers(CASES[example["id"]][1])
        assert not missing, example["id"]
