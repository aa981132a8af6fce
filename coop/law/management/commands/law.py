"""`manage.py law …`: what the law of a place says, without a database."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coop.kernel import BadInput, Money, RuleBroken
from coop.law import registry
from coop.law.management import answers, pay_answers, reading
from coop.law.management.changes import changes_answer, review_answer
from coop.law.rules.surplus import share_surplus
from coop.law.types import Base, Pack, Patron, Step, Vote, Year

Answer = answers.Answer


class Command(BaseCommand):
    help = "Ask the law of a place: contributions, wage, hours, premium, leave, thirteenth, …"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="question", required=True)
        parser.error = _not_understood  # type: ignore[method-assign]
        for name, options in QUESTIONS.items():
            sub = kinds.add_parser(name)
            sub.error = _not_understood  # type: ignore[method-assign]
            sub.add_argument("place", nargs="?", help="the country, as --country")
            sub.add_argument("--country")
            sub.add_argument("--on", help="a day (2024-02-15), month (2024-02) or year (2024)")
            sub.add_argument("--json", action="store_true")
            for option in (*COMMON, *options):
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


#: Understood after every question, so that nobody must remember which one takes them.
COMMON = ("--gross", "--hours", "--days", "--class")

#: The options of each question besides country, day, form and the common ones.
QUESTIONS = {
    "contributions": ("--employer", "--weeks", "--week-hours", "--allowances"),
    "wage": ("--area",),
    "hours": (),
    "premium": ("--kind", "--hourly", "--night"),
    "leave": ("--years",),
    "thirteenth": ("--months", "--transport"),
    "notice": ("--tenure-months", "--months", "--years"),
    "surplus": (
        "--losses", "--rebuild", "--non-members", "--net-assets", "--reserve-balance",
        "--fund", "--member", "--cash", "--basis",
    ),
    "diff": ("--from", "--to"),
    "review": (),
}  # fmt: skip


def _add(sub: ArgumentParser, option: str) -> None:
    if option == "--night":
        sub.add_argument(option, action="store_true")
    elif option in ("--fund", "--member"):
        sub.add_argument(option, action="append", default=[], help="name=share, number=hours")
    elif option in ("--class", "--from"):
        sub.add_argument(option, dest={"--class": "worker_class", "--from": "since"}[option])
    elif option == "--allowances":
        sub.add_argument(option, "--transport", help="the part of the pay that is allowances")
    else:
        sub.add_argument(option)


def _answer(options: dict[str, Any]) -> Answer:
    today = datetime.now(tz=UTC).date()
    country = options["country"] or options["place"] or ""
    if options["question"] == "review":
        names = [country] if country else registry.countries()
        asked_on = reading.day(options["on"]) or today
        return review_answer([registry.pack(name) for name in names], today=asked_on)
    if not country:
        raise BadInput("country_missing", "Say the country, as --country ZA.")
    pack = registry.pack(country)
    on = reading.day(options["on"]) or today
    ask: dict[str, Callable[..., Answer]] = {
        "contributions": _contributions, "wage": _wage, "hours": _hours, "premium": _premium,
        "leave": _leave, "thirteenth": _thirteenth, "notice": _notice, "surplus": _surplus,
        "diff": _diff,
    }  # fmt: skip
    return ask[options["question"]](pack, on, today, options)


def _optional(pack: Pack, options: dict[str, Any], name: str) -> Money | None:
    return None if options[name] is None else reading.money(pack, options, name)


def _contributions(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    days = reading.whole_list(options, "days")
    if options["gross"] is None and not days:
        reading.money(pack, options, "gross")
    known = {
        "hours": reading.number(options, "hours"),
        "worker_class": options["worker_class"],
        "employer": options["employer"] or pack.usual_employer.value,
        "weeks": reading.weeks(options, on),
        "week_hours": reading.number(options, "week_hours"),
        "allowances": _optional(pack, options, "allowances"),
    }
    gross = _optional(pack, options, "gross")
    return pay_answers.contributions_answer(
        pack, gross=gross, days=days, on=on, today=today, **known
    )


def _wage(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    return pay_answers.wage_answer(
        pack, on=on, today=today, gross=_optional(pack, options, "gross"),
        hours=reading.number(options, "hours"), days=reading.number(options, "days"),
        area=options["area"] or options["worker_class"],
    )  # fmt: skip


def _hours(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    return answers.hours_answer(pack, on=on, today=today, hours=reading.number(options, "hours"))


def _premium(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    kind = options["kind"] or options["worker_class"]
    return pay_answers.premium_answer(
        pack, on=on, today=today, kind=kind, hourly=_optional(pack, options, "hourly"),
        month=_optional(pack, options, "gross"),
        hours=reading.number(options, "hours") or Fraction(1), night=options["night"],
    )  # fmt: skip


def _leave(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    years = reading.whole(options, "years")
    return answers.leave_answer(
        pack, on=on, today=today, hours=reading.number(options, "hours"),
        days=reading.number(options, "days"), years=1 if years is None else years,
    )  # fmt: skip


def _thirteenth(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    months, days = reading.whole(options, "months"), reading.whole(options, "days")
    if days is None and months is not None:
        days = months * 30
    return answers.thirteenth_answer(
        pack, on=on, today=today, gross=reading.money(pack, options, "gross"), days=days,
        transport=_optional(pack, options, "transport"), only=options["worker_class"],
    )  # fmt: skip


def _notice(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    months = reading.whole(options, "tenure_months" if options["tenure_months"] else "months")
    years, days = reading.whole(options, "years"), reading.whole(options, "days")
    if months is None and years is not None:
        months = years * 12
    if months is None and days is not None:
        months = days * 12 // 365
    return answers.notice_answer(pack, on=on, today=today, tenure_months=months)


def _surplus(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    def amount(name: str) -> Money:
        return reading.money(pack, options, name) if options[name] else Money.zero(pack.currency)

    members = [reading.pair(text) for text in options["member"]] or [("1", Fraction(1))]
    year = Year(
        surplus=reading.money(pack, options, "gross"),
        losses_forward=amount("losses"),
        reserve_to_rebuild=amount("rebuild"),
        non_member_share=reading.number(options, "non_members") or Fraction(0),
        reserve_balance=amount("reserve_balance"),
        net_assets=amount("net_assets") if options["net_assets"] else None,
        patrons=tuple(Patron(reading.whole_number(number), hours) for number, hours in members),
    )
    vote = Vote(
        steps=tuple(_step(pack, on, text) for text in options["fund"]),
        cash_share=Fraction(1) if options["cash"] is None else reading.must(options, "cash"),
        basis=options["basis"] or "hours",
    )
    waterfall = share_surplus(pack, year=year, vote=vote, on=on)
    return answers.surplus_answer(pack, on=on, today=today, waterfall=waterfall)


def _step(pack: Pack, on: date, text: str) -> Step:
    """A voted fund "reserve=0.10", on the members' part of the surplus."""
    name, share = reading.pair(text)
    return Step(id=name, name=name.capitalize(), base=Base.MEMBER_PART, share=share)


def _diff(pack: Pack, on: date, today: date, options: dict[str, Any]) -> Answer:
    since, until = reading.day(options["since"]), reading.day(options["to"])
    if since is None or until is None:
        raise BadInput("days_missing", "Say both days: --from 2025-03-01 --to 2026-03-01.")
    return changes_answer(pack, since=since, until=until)


def _table(answer: Answer) -> str:
    """The answer for a person: what was asked, one line per rule, totals, and what to look at."""
    head = [f"{k}: {v}" for k, v in answer.items() if isinstance(v, str | int) and v is not None]
    rows = [" · ".join(head)]
    for line in answer.get("lines", []):
        told = [f"{k} {v}" for k, v in line.items() if k in SHOWN and v not in ("", None)]
        rows.append("  " + " · ".join(told))
        rule = line.get("rule", "")
        source = line.get("source")
        credentials = f" [{source}; {line['confidence']}]" if source else ""
        rows.append(f"      {rule}{credentials}")
    rows += [f"  {s['scheme']}: {s['reason']}" for s in answer.get("skipped", [])]
    rows += ["  " + " · ".join(f"{k} {v}" for k, v in p.items()) for p in answer.get("places", [])]
    rows += [f"  member {s['member']}: {s['amount']}" for s in answer.get("shares", [])]
    if totals := answer.get("totals"):
        rows.append("  totals · " + " · ".join(f"{k} {v}" for k, v in totals.items()))
    rows += [f"  ! {w['message']}" for w in answer.get("flags", []) + answer.get("warnings", [])]
    return "\n".join(rows)


SHOWN = (
    "scheme", "name", "kind", "base", "worker", "employer", "total", "amount", "value", "unit",
    "multiplier", "paid_hours", "extra", "length", "period", "before", "after",
)  # fmt: skip
