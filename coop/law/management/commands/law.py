"""`manage.py law …`: what the law of a place says, without a database."""

from __future__ import annotations

import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coop.kernel import BadInput, Money, RuleBroken
from coop.law import registry
from coop.law.management import answers
from coop.law.management.changes import changes_answer
from coop.law.rules.premiums import KINDS
from coop.law.rules.surplus import share_surplus
from coop.law.types import Base, Pack, Patron, Step, Vote, Year, read_number

Answer = answers.Answer
#: What a person writes; no exponents, so that no few letters mean a number of a million digits.
_PLAIN_AMOUNT = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,8})?")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]{1,12}((\.|/)[0-9]{1,12})?")
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")


class Command(BaseCommand):
    help = "Ask the law of a place: contributions, wage, hours, premium, leave, thirteenth, …"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="question", required=True)
        parser.error = _not_understood  # type: ignore[method-assign]
        for name, options in QUESTIONS.items():
            sub = kinds.add_parser(name)
            sub.error = _not_understood  # type: ignore[method-assign]
            sub.add_argument("--country")
            sub.add_argument("--on", help="a day (2024-02-15) or month (2024-02)")
            sub.add_argument("--json", action="store_true")
            for option in options:
                _add(sub, option)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = _answer(options)
        except RuleBroken as error:
            if not options["json"]:
                raise CommandError(f"{error.code}: {error.message}", returncode=1) from error
            self.stdout.write(_refusal(error.code, error.message))
            raise SystemExit(1) from error
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(_table(answer))


def _refusal(code: str, message: str) -> str:
    return json.dumps({"error": {"code": code, "message": message}}, ensure_ascii=False, indent=2)


def _not_understood(message: str) -> NoReturn:
    """A question that cannot even be read: one sentence in place of the usage."""
    code, sentence = "question_unreadable", f"{message}; see manage.py law --help."
    if "--json" in sys.argv:
        print(_refusal(code, sentence))
    else:
        print(f"CommandError: {code}: {sentence}", file=sys.stderr)
    raise SystemExit(2)


#: The options of each question besides country, day and form.
QUESTIONS = {
    "contributions": (
        "--gross", "--hours", "--days", "--class", "--employer", "--weeks", "--week-hours",
    ),
    "wage": ("--gross", "--hours", "--area"),
    "hours": ("--hours",),
    "premium": ("--kind", "--hourly", "--hours", "--night"),
    "leave": ("--hours",),
    "thirteenth": ("--gross", "--days", "--months", "--transport"),
    "notice": ("--tenure-months",),
    "surplus": (
        "--gross", "--losses", "--rebuild", "--non-members", "--net-assets", "--reserve-balance",
        "--fund", "--member", "--cash", "--basis",
    ),
    "diff": ("place", "--from", "--to"),
}  # fmt: skip


def _add(sub: ArgumentParser, option: str) -> None:
    if option == "place":
        sub.add_argument("place", nargs="?")
    elif option == "--night":
        sub.add_argument(option, action="store_true")
    elif option in ("--fund", "--member"):
        sub.add_argument(option, action="append", default=[], help="name=share, number=hours")
    elif option in ("--class", "--from"):
        sub.add_argument(option, dest={"--class": "worker_class", "--from": "since"}[option])
    else:
        sub.add_argument(option)


def _answer(options: dict[str, Any]) -> Answer:
    today = datetime.now(tz=UTC).date()
    country = options["country"] or options.get("place") or ""
    if not country:
        raise BadInput("country_missing", "Say the country, as --country ZA.")
    pack = registry.pack(country)
    on = _day(options["on"]) or today
    ask: dict[str, Callable[..., Answer]] = {
        "contributions": _contributions, "wage": _wage, "hours": _hours, "premium": _premium,
        "leave": _leave, "thirteenth": _thirteenth, "notice": _notice, "surplus": _surplus,
        "diff": _diff,
    }  # fmt: skip
    return ask[options["question"]](pack, on, today, options)


def _contributions(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    return answers.contributions_answer(
        pack, gross=_money(pack, options, "gross"), on=on, today=today,
        hours=_number(options, "hours"), days=_whole(options, "days"),
        worker_class=options["worker_class"], employer=options["employer"] or "household",
        weeks=_whole(options, "weeks"), week_hours=_number(options, "week_hours"),
    )  # fmt: skip


def _wage(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    gross = _money(pack, options, "gross") if options["gross"] else None
    hours = _number(options, "hours")
    return answers.wage_answer(
        pack, on=on, today=today, gross=gross, hours=hours, area=options["area"]
    )


def _hours(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    return answers.hours_answer(pack, on=on, today=today, hours=_number(options, "hours"))


def _premium(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    kinds = [options["kind"]] if options["kind"] else [k for k in KINDS if k != "ordinary"]
    hourly = _money(pack, options, "hourly") if options["hourly"] else None
    hours = _number(options, "hours") or Fraction(1)
    return answers.premium_answer(
        pack, on=on, today=today, kinds=kinds, hourly=hourly, hours=hours, night=options["night"]
    )


def _leave(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    return answers.leave_answer(pack, on=on, today=today, hours=_number(options, "hours"))


def _thirteenth(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    months = _whole(options, "months")
    days = _whole(options, "days")
    if days is None:
        days = 360 if months is None else months * 30
    transport = _money(pack, options, "transport") if options["transport"] else None
    gross = _money(pack, options, "gross")
    return answers.thirteenth_answer(
        pack, on=on, today=today, gross=gross, days=days, transport=transport
    )


def _notice(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    months = _whole(options, "tenure_months")
    if months is None:
        raise BadInput("tenure_months_missing", "Say how long she has worked: --tenure-months 7.")
    return answers.notice_answer(pack, on=on, today=today, tenure_months=months)


def _surplus(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    def amount(name: str) -> Money:
        return _money(pack, options, name) if options[name] else Money.zero(pack.currency)

    members = [_pair(text) for text in options["member"]] or [("1", Fraction(1))]
    year = Year(
        surplus=_money(pack, options, "gross"),
        losses_forward=amount("losses"),
        reserve_to_rebuild=amount("rebuild"),
        non_member_share=_number(options, "non_members") or Fraction(0),
        reserve_balance=amount("reserve_balance"),
        net_assets=amount("net_assets") if options["net_assets"] else None,
        patrons=tuple(Patron(_int(number), hours) for number, hours in members),
    )
    vote = Vote(
        steps=tuple(_step(pack, on, text) for text in options["fund"]),
        cash_share=Fraction(1) if options["cash"] is None else _must(options, "cash"),
        basis=options["basis"] or "hours",
    )
    waterfall = share_surplus(pack, year=year, vote=vote, on=on)
    return answers.surplus_answer(pack, on=on, today=today, waterfall=waterfall)


def _step(pack: Pack, on: date, text: str) -> Step:
    """A voted fund "reserve=0.10", on the members' part of the surplus."""
    name, share = _pair(text)
    return Step(id=name, name=name.capitalize(), base=Base.MEMBER_PART, share=share)


def _diff(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    since, until = _day(options["since"]), _day(options["to"])
    if since is None or until is None:
        raise BadInput("days_missing", "Say both days: --from 2025-03-01 --to 2026-03-01.")
    return changes_answer(pack, since=since, until=until)


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError as error:
        raise BadInput(
            "day_unreadable", "%(text)r is not a day; write 2024-02-15.", text=text
        ) from error


def _money(pack: Pack, options: dict[str, Any], name: str) -> Money:
    text = options[name]
    if text is None:
        raise BadInput(f"{name}_missing", "Say the amount: --%(name)s 1000.00.", name=name)
    if not _PLAIN_AMOUNT.fullmatch(text):
        raise BadInput(
            "money_unreadable", "%(what)r is not an amount; write 1000.00.", what=text[:40]
        )
    return Money.of(text, pack.currency)


def _must(options: dict[str, Any], name: str) -> Fraction:
    text = options[name]
    if not _PLAIN_NUMBER.fullmatch(text):
        raise BadInput(
            f"{name}_unreadable", "%(what)r is not a number; write 7.5 or 1/3.", what=text[:40]
        )
    try:
        return read_number(text)
    except ValueError as error:
        raise BadInput(f"{name}_unreadable", "%(text)r is not a number.", text=text) from error


def _number(options: dict[str, Any], name: str) -> Fraction | None:
    number = None if options[name] is None else _must(options, name)
    if number is not None and number < 0:
        raise BadInput(
            f"{name}_negative",
            "%(what)s cannot be less than nothing.",
            what=name.replace("_", " ").capitalize(),
        )
    return number


def _whole(options: dict[str, Any], name: str) -> int | None:
    return None if options[name] is None else _int(options[name])


def _int(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise BadInput("number_not_whole", "%(what)r is not a whole number.", what=text[:40])
    return int(text)


def _pair(text: str) -> tuple[str, Fraction]:
    name, _, value = text.partition("=")
    return name, _must({"pair": value}, "pair")


def _table(answer: Answer) -> str:
    """The answer for a person: what was asked, one line per rule, totals, and what to look at."""
    head = [f"{k}: {v}" for k, v in answer.items() if isinstance(v, str | int) and v is not None]
    rows = [" · ".join(head)]
    for line in answer.get("lines", []):
        source = line.get("source") or {}
        told = [f"{k} {v}" for k, v in line.items() if k in SHOWN and v not in ("", None)]
        rows.append("  " + " · ".join(told))
        rule = line.get("rule", "")
        credentials = f" [{source['title']}; {line['confidence']}]" if source else ""
        rows.append(f"      {rule}{credentials}")
    rows += [f"  {s['scheme']}: {s['reason']}" for s in answer.get("skipped", [])]
    rows += [f"  member {s['member']}: {s['amount']}" for s in answer.get("shares", [])]
    if totals := answer.get("totals"):
        rows.append("  totals · " + " · ".join(f"{k} {v}" for k, v in totals.items()))
    rows += [f"  ! {w['message']}" for w in answer.get("flags", []) + answer.get("warnings", [])]
    return "\n".join(rows)


SHOWN = (
    "scheme", "name", "kind", "base", "worker", "employer", "total", "amount", "value", "unit",
    "multiplier", "paid_hours", "extra", "length", "period", "before", "after",
)  # fmt: skip
