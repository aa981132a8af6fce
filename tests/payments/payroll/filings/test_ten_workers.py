"""A pay run of ten workers, filed and read back by readers that share no code with the exporters."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from coop.kernel import Money, total
from payments.payroll.rules.filings import esocial, p10, pila, uif
from payments.payroll.rules.filings.pila_types import PilaSettings
from tests.payments.payroll.filings import independent
from tests.payments.payroll.filings.test_esocial import HOW, PAY
from tests.payments.payroll.filings.test_p10 import AMINA
from tests.payments.payroll.filings.test_pila import full, month, part_time
from tests.payments.payroll.filings.test_uif import REF, accepted

TEN = range(1, 11)
NAMES = [
    "Ann", "Nomsa", "D'Arcy", "Zoë", "Chloé", "Muñoz", "van der Merwe", "Lerato", "Thandi", "Ürsel",
]  # fmt: skip


def sum_of(values: list[str]) -> Decimal:
    return sum((independent.amount(value) for value in values), Decimal(0))


def test_south_africas_ten_add_up_to_the_employers_record() -> None:
    one = accepted().employees[0]
    people = tuple(
        replace(
            one, surname=NAMES[n - 1], other_number=f"P{n:07d}", gross=Money(100_000 + n, "ZAR"),
            remuneration=Money(100_000 + n, "ZAR"), contribution=Money(2_000 + 2 * n, "ZAR"),
        )
        for n in TEN
    )  # fmt: skip
    content = uif.export(replace(accepted(), employees=people), uif.UifSettings())
    creator, *workers, employer = independent.uif(content)
    assert (creator["8000"], creator["8070"], creator["8020"]) == ("UICR", "202402", REF)
    assert [one["8230"] for one in workers] == NAMES
    assert employer["8150"] == "10"
    for code, whole in (("8300", "8130"), ("8310", "8135"), ("8320", "8140")):
        assert sum_of([one[code] for one in workers]) == Decimal(employer[whole])
    # 10 x 1000.00 and 1 + 2 + ... + 10 cents; 10 x 20.00 and twice those cents
    assert (employer["8130"], employer["8140"]) == ("10000.55", "201.10")


def test_colombias_ten_add_up_to_the_header() -> None:
    people = [
        replace((full if n % 2 else part_time)(str(10_000_000 + n)), surname=NAMES[n - 1])
        for n in TEN
    ]
    head, details = independent.pila(pila.export(month(*people), PilaSettings()))
    assert [int(one[2]) for one in details] == list(TEN)
    assert [one[11].strip() for one in details] == NAMES
    assert int(head[19]) == len({one[3] + one[4] for one in details}) == 10
    # five whole months of 1,750,905 and five of two weeks, 875,453
    assert int(head[20]) == sum(int(one[45]) for one in details) == 13_131_790
    for one in details:
        assert int(one[50]) == int(one[47]) + int(one[48]) + int(one[49])
        assert all(int(one[n]) % 100 == 0 for n in (47, 55, 63, 65))
    assert [int(one[47]) for one in details[:2]] == [280_200, 140_100]
    assert {one[5] for one in details} == {"02", "51"}


def test_kenyas_ten_add_up_to_what_was_withheld() -> None:
    people = [
        replace(AMINA, pin=f"A{n:09d}Z", name=NAMES[n - 1], shif=Money(55_000 + n, "KES"))
        for n in TEN
    ]
    rows = independent.p10(p10.export(people, p10.P10Settings()), "simplified")
    assert [row["Name of Employee"] for row in rows] == NAMES
    shif = sum_of([row["Social Health Insurance Fund (SHIF)"] for row in rows])
    assert shif == Decimal(total([one.shif for one in people], "KES").major()) == Decimal("5500.55")
    assert sum_of([row["Affordable Housing Levy"] for row in rows]) == 3_000


def test_brazils_ten_add_up_to_what_was_earned() -> None:
    earned = Decimal(0)
    at = datetime(2026, 4, 7, 9, 0, 0, tzinfo=UTC)
    identities = set()
    for n in TEN:
        identity = esocial.event_id("2", PAY.employer_number, at, n, HOW)
        rubrics = (replace(PAY.rubrics[0], amount=Money(100_000 + n, "BRL")),)
        root = ET.fromstring(
            esocial.export_pay(replace(PAY, event_id=identity, rubrics=rubrics), HOW)
        )
        space = {"e": "http://www.esocial.gov.br/schema/evt/evtRemun/v_S_01_03_00"}
        identities.add(root[0].attrib["Id"])
        amounts = root.findall(".//e:itensRemun/e:vrRubr", space)
        earned += sum_of([found.text or "" for found in amounts])
    assert len(identities) == 10
    assert earned == Decimal("10000.55")


def test_the_layouts_kept_here_are_those_of_the_shared_data() -> None:
    fields = independent.pila_fields("detail_record")
    assert [row[0] for row in fields] == list(range(1, 99))
    here = [
        (int(row["n"]), int(row["start"]), int(row["end"]), row["type"])
        for row in independent.kept("co_pila.csv")
        if row["record"] == "detail_record"
    ]
    assert fields == here
