"""Brazil: eSocial S-1200 (pay) and S-1210 (payments), version S-1.3, one document per worker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from coop.kernel import Money
from payments.payroll.rules.filings import xml_tree as xml
from payments.payroll.rules.filings.refusal import FilingRefused
from payments.payroll.rules.filings.settings import Settings, setting
from payments.payroll.rules.filings.text import MOST_BYTES, day
from payments.payroll.rules.ids import IdInvalid, IdKind, checked

CURRENCY = "BRL"
DOMESTIC = "104"
VERSION = "letsema-1"
SPACES = {
    "S-1200": "http://www.esocial.gov.br/schema/evt/evtRemun/v_S_01_03_00",
    "S-1210": "http://www.esocial.gov.br/schema/evt/evtPgtos/v_S_01_03_00",
}


@dataclass(frozen=True)
class EsocialSettings(Settings):
    """What the field tables leave open for a domestic employer."""

    environment: str = setting(
        "2", ("2", "1"), "1 is production, 2 restricted production; files are for checking only."
    )
    process: str = setting(
        "1", ("1", "22"), "1 is an employer's own program; households use the government's (22)."
    )
    signature: str = setting(
        "none", ("none",), "The schema demands a signature (ICP-Brasil): these files carry none."
    )
    place_kind: str = setting(
        "3",
        ("3", "1", "4"),
        "Which registration a domestic employer's place has (CNPJ 1, CAEPF 3, CNO 4) was not read.",
    )
    id_fill: str = setting(
        "right", ("right", "left"), "On which side an event's Id fills a short number with zeros."
    )


@dataclass(frozen=True, slots=True)
class Rubric:
    """One line of her pay by the employer's table of rubrics."""

    code: str
    table: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What both events carry; `employer_kind` is 1 for a CNPJ, 2 for a CPF."""

    event_id: str
    employer_kind: str
    employer_number: str
    cpf: str
    month: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay(Event):
    """S-1200: what she earned in a month, in one statement."""

    statement: str
    place_number: str
    allotment: str
    rubrics: tuple[Rubric, ...]
    registration: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of a statement; `kind` is tpPgto."""

    paid_on: date
    kind: str
    month: date
    statement: str
    net: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Payments(Event):
    """S-1210: what was paid to her in a month."""

    payments: tuple[Payment, ...]


def event_id(kind: str, number: str, at: datetime, sequence: int, settings: EsocialSettings) -> str:
    """The Id of an event: registration, moment and a sequence within that second."""
    return f"ID{kind}{_filled(number, settings)}{at:%Y%m%d%H%M%S}{sequence:05d}"


def export_pay(pay: Pay, settings: EsocialSettings) -> bytes:
    """The S-1200, read back by the strict reader before it is given out."""
    content = _write_pay(pay, settings)
    if read_pay(content, settings) != pay:
        raise FilingRefused("not_readable")
    return content


def export_payments(paid: Payments, settings: EsocialSettings) -> bytes:
    """The S-1210, read back by the strict reader before it is given out."""
    content = _write_payments(paid, settings)
    if read_payments(content, settings) != paid:
        raise FilingRefused("not_readable")
    return content


def _write_pay(pay: Pay, settings: EsocialSettings) -> bytes:
    root, event = _root("S-1200", "evtRemun", pay, settings, "ideTrabalhador/cpfTrab")
    statement = event.add("dmDev")
    statement.add("ideDmDev", pay.statement)
    statement.add("codCateg", DOMESTIC)
    place = statement.add("infoPerApur").add("ideEstabLot")
    place.add("tpInsc", settings.place_kind)
    place.add("nrInsc", pay.place_number)
    place.add("codLotacao", pay.allotment)
    earned = place.add("remunPerApur")
    if pay.registration:
        earned.add("matricula", pay.registration)
    for rubric in pay.rubrics:
        item = earned.add("itensRemun")
        item.add("codRubr", rubric.code)
        item.add("ideTabRubr", rubric.table)
        item.add("vrRubr", _brl(rubric.amount))
        item.add("indApurIR", "0")
    return xml.write(root)


def _write_payments(paid: Payments, settings: EsocialSettings) -> bytes:
    root, event = _root("S-1210", "evtPgtos", paid, settings, "ideBenef/cpfBenef")
    person = event.one("ideBenef")
    for payment in paid.payments:
        one = person.add("infoPgto")
        one.add("dtPgto", payment.paid_on.isoformat())
        one.add("tpPgto", payment.kind)
        one.add("perRef", f"{payment.month:%Y-%m}")
        one.add("ideDmDev", payment.statement)
        one.add("vrLiq", _brl(payment.net))
    return xml.write(root)


def read_pay(content: bytes, settings: EsocialSettings) -> Pay:
    """The pay in an S-1200 as `export_pay` writes it, or a refusal naming line and path."""
    event = _event("S-1200", "evtRemun", content, settings)
    statements = event.find("dmDev")
    if len(statements) != 1 or len(statements[0].find("infoPerApur")) != 1:
        raise FilingRefused("statements", line=event.line, field="dmDev")
    statement = statements[0]
    _same(statement.one("codCateg"), DOMESTIC)
    places = statement.one("infoPerApur").children
    if len(places) != 1 or len(places[0].find("remunPerApur")) != 1:
        raise FilingRefused("places", line=statement.line, field="ideEstabLot")
    _same(places[0].one("tpInsc"), settings.place_kind)
    earned = places[0].one("remunPerApur")
    pay = Pay(
        **_head(event, "ideTrabalhador/cpfTrab", settings),
        statement=statement.read("ideDmDev"),
        place_number=places[0].read("nrInsc"),
        allotment=places[0].read("codLotacao"),
        registration=earned.read("matricula"),
        rubrics=tuple(
            Rubric(item.read("codRubr"), item.read("ideTabRubr"), _money(item.one("vrRubr")))
            for item in earned.find("itensRemun")
        ),
    )
    if _write_pay(pay, settings) != content:
        raise FilingRefused("not_as_written")
    return pay


def read_payments(content: bytes, settings: EsocialSettings) -> Payments:
    """The payments in an S-1210, or a refusal naming line and path."""
    event = _event("S-1210", "evtPgtos", content, settings)
    paid = Payments(
        **_head(event, "ideBenef/cpfBenef", settings),
        payments=tuple(
            Payment(
                date.fromisoformat(one.read("dtPgto")), one.read("tpPgto"),
                _month(one.one("perRef")), one.read("ideDmDev"), _money(one.one("vrLiq")),
            )
            for one in event.one("ideBenef").find("infoPgto")
        ),
    )  # fmt: skip
    if _write_payments(paid, settings) != content:
        raise FilingRefused("not_as_written")
    return paid


def _root(
    event: str, name: str, figures: Event, settings: EsocialSettings, person: str
) -> tuple[xml.Node, xml.Node]:
    """The document down to the worker's CPF; the table orders what comes first."""
    root = xml.Node("eSocial", attributes={"xmlns": SPACES[event]})
    top = root.add(name)
    top.attributes["Id"] = figures.event_id
    head = top.add("ideEvento")
    head.add("indRetif", "1")
    if event == "S-1200":
        head.add("indApuracao", "1")
    head.add("perApur", f"{figures.month:%Y-%m}")
    head.add("tpAmb", settings.environment)
    head.add("procEmi", settings.process)
    head.add("verProc", VERSION)
    employer = top.add("ideEmpregador")
    employer.add("tpInsc", figures.employer_kind)
    employer.add("nrInsc", figures.employer_number)
    group, number = person.split("/")
    top.add(group).add(number, figures.cpf)
    return root, top


def _event(event: str, name: str, content: bytes, settings: EsocialSettings) -> xml.Node:
    """The event element of a document that keeps to the table and to these settings."""
    if len(content) > MOST_BYTES:
        raise FilingRefused("file_too_big", detail=str(MOST_BYTES))
    root = xml.parse(content)
    xml.check(event, root)
    top = root.one(name)
    for node, keys in ((root, {"xmlns"}), (top, {"Id"})):
        if set(node.attributes) != keys:
            raise FilingRefused("attributes", line=node.line, field=node.name)
    if root.attributes["xmlns"] != SPACES[event]:
        raise FilingRefused("constant", line=root.line, field="xmlns")
    head = top.one("ideEvento")
    wanted = {"indRetif": "1", "tpAmb": settings.environment, "procEmi": settings.process}
    for key, value in {**wanted, "verProc": VERSION}.items():
        _same(head.one(key), value)
    return top


def _head(event: xml.Node, person: str, settings: EsocialSettings) -> dict[str, Any]:
    employer, number = event.one("ideEmpregador"), event.one("ideEmpregador/nrInsc")
    kind, cpf = employer.read("tpInsc"), event.one(person)
    start = f"ID{kind}{_filled(number.text, settings)}"
    identity = event.attributes["Id"]
    if not re.fullmatch(re.escape(start) + r"\d{19}", identity, re.ASCII):
        raise FilingRefused("event_id", line=event.line, field="Id")
    if kind == "2" or len(number.text) == 11:
        _digits(IdKind.BR_CPF, number)
    _digits(IdKind.BR_CPF, cpf)
    month = _month(event.one("ideEvento/perApur"))
    return {
        "event_id": identity, "employer_kind": kind, "employer_number": number.text,
        "cpf": cpf.text, "month": month,
    }  # fmt: skip


def _filled(number: str, settings: EsocialSettings) -> str:
    return number.ljust(14, "0") if settings.id_fill == "right" else number.rjust(14, "0")


def _same(node: xml.Node, value: str) -> None:
    if node.text != value:
        raise FilingRefused("constant", line=node.line, field=node.name, detail=value)


def _digits(kind: IdKind, node: xml.Node) -> None:
    try:
        checked(kind, node.text)
    except IdInvalid as error:
        raise FilingRefused("check_digit", line=node.line, field=node.name) from error


def _month(node: xml.Node) -> date:
    return day(f"{node.text}-01", "%Y-%m-%d", line=node.line, field=node.name)


def _brl(money: Money) -> str:
    if money.currency != CURRENCY:
        raise FilingRefused("currency", detail=money.currency)
    return money.major()


def _money(node: xml.Node) -> Money:
    money = Money.of(node.text, CURRENCY)
    if money.major() != node.text:
        raise FilingRefused("amount", line=node.line, field=node.name)
    return money
