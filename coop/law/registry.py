"""Loads the packs. A pack loads or fails whole, naming file, path within it, and reason."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import time
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml
from pydantic import ValidationError

from coop.kernel import BadInput, NotFound, RuleBroken
from coop.law.rules import soundness
from coop.law.types import Dated, Pack
from coop.law.types.pack import CLOCK, MONEY

PACKS = Path(__file__).parent / "packs"


class PackInvalid(RuleBroken):
    """A pack cannot be used. `facts` carry file, path and reason."""

    status = 500

    def __init__(self, file: str, path: str, reason: str) -> None:
        super().__init__(
            "law_pack_invalid", f"{file}: {path}: {reason}", file=file, path=path, reason=reason
        )

    def __reduce__(self) -> tuple[object, ...]:
        return (PackInvalid, (self.facts["file"], self.facts["path"], self.facts["reason"]))


def countries() -> list[str]:
    """The countries whose packs ship, by ISO code."""
    return sorted(path.stem for path in PACKS.glob("*.yaml"))


def pack(country: str) -> Pack:
    """The pack of a country; NotFound when none ships."""
    code = country.upper()
    if code not in countries():
        known = ", ".join(countries())
        raise NotFound(
            "law_country_unknown",
            "No law pack for %(country)r; there is %(known)s.",
            country=country,
            known=known,
        )
    return _cached(code)


@cache
def _cached(code: str) -> Pack:
    return load(PACKS / f"{code}.yaml")


def load(path: Path) -> Pack:
    """Read one pack file; raises PackInvalid."""
    return parse(path.read_text(encoding="utf-8"), path.name)


def parse(text: str, file: str) -> Pack:
    """Read a pack from its text; `file` is the name used in errors."""
    try:
        raw = yaml.load(text, Loader=_Loader)  # noqa: S506  # a SafeLoader, made stricter
    except yaml.MarkedYAMLError as error:
        where = error.problem_mark
        line = f"line {where.line + 1}" if where else "top"
        raise PackInvalid(file, line, error.problem or "it is not readable YAML") from error
    try:
        loaded = Pack.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(str(part) for part in first["loc"] if part != "[key]") or "top"
        raise PackInvalid(file, path, first["msg"].removeprefix("Value error, ")) from error
    for path, reason in _faults(loaded, file):
        raise PackInvalid(file, path, reason)
    return loaded


class _Loader(yaml.CSafeLoader):
    """YAML without floats and without a key said twice."""


def _no_float(loader: _Loader, node: yaml.ScalarNode) -> str:
    raise yaml.constructor.ConstructorError(
        None, None, f"write the figure in quotes, as '{node.value}'", node.start_mark
    )


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Hashable, object]:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key.value!r} is written twice", key.start_mark
            )
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:float", _no_float)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def _faults(loaded: Pack, file: str) -> Iterator[tuple[str, str]]:
    """What single fields cannot show: sources, order of dates, overlaps, values by kind."""
    if file.removesuffix(".yaml") != loaded.country:
        yield "country", f"{loaded.country!r} does not match the file's name"
    try:
        loaded.money(Fraction(0))
    except BadInput as error:
        yield "currency", error.message
    for path, rows in _series(loaded):
        yield from _row_faults(loaded, path, rows)
        yield from _overlaps(path, rows)
    yield from _value_faults(loaded)
    yield from soundness.faults(loaded)


def _series(loaded: Pack) -> Iterator[tuple[str, Sequence[Dated]]]:
    for i, scheme in enumerate(loaded.schemes):
        yield f"schemes.{i}.periods", scheme.periods
    for area in {row.area for row in loaded.minimum_wages}:
        rows = [row for row in loaded.minimum_wages if row.area == area]
        yield f"minimum_wages[{area}]" if area else "minimum_wages", rows
    for name, figure in loaded.figures.items():
        yield f"figures.{name.value}.values", figure.values
    for path, single in _singles(loaded):
        yield path, (single,)


def _singles(loaded: Pack) -> Iterator[tuple[str, Dated]]:
    lists: dict[str, Iterable[Dated]] = {
        "regimes": loaded.regimes,
        "benefits": loaded.benefits,
        "notice": loaded.notice,
        "leave_steps": loaded.leave_steps,
        "living_wage": loaded.living_wage,
        "rules": loaded.rules,
    }
    law = loaded.surplus
    if law:
        lists["surplus.statutory"] = law.statutory
        rules = (law.non_member_fund, law.patronage_by_capital_refused, law.reserve_required)
        lists["surplus"] = [rule for rule in rules if rule]
    for path, rows in lists.items():
        for i, row in enumerate(rows):
            yield f"{path}.{i}", row


def _row_faults(loaded: Pack, path: str, rows: Sequence[Dated]) -> Iterator[tuple[str, str]]:
    for i, row in enumerate(rows):
        at = f"{path}.{i}" if len(rows) > 1 else path
        if row.source not in loaded.sources:
            yield f"{at}.source", f"the source {row.source!r} is not listed"
        if row.effective_to and row.effective_to < row.effective_from:
            yield f"{at}.to", "it ends before it begins"
        if row.review_by and row.review_by < row.effective_from:
            yield f"{at}.review_by", "it is to be looked at before it begins"
        if row.effective_to is None and row.review_by is None:
            yield f"{at}.review_by", "a figure without an end needs a day to look at it again"


def _overlaps(path: str, rows: Sequence[Dated]) -> Iterator[tuple[str, str]]:
    ordered = sorted(rows, key=lambda row: row.effective_from)
    for earlier, later in pairwise(ordered):
        if earlier.holds(later.effective_from):
            yield path, f"two rows hold on {later.effective_from}"


def _value_faults(loaded: Pack) -> Iterator[tuple[str, str]]:
    for name, figure in loaded.figures.items():
        for i, row in enumerate(figure.values):
            try:
                if name in CLOCK:
                    _clock(row.value)
                elif name in MONEY:
                    loaded.money(Fraction(row.value))
                else:
                    Fraction(row.value)
            except (ValueError, ZeroDivisionError, BadInput) as error:
                yield f"figures.{name.value}.values.{i}.value", f"{row.value!r}: {error}"


def _clock(text: str) -> time:
    if len(text) != 5 or text[2] != ":":
        raise ValueError("write a time as 18:00")
    return time.fromisoformat(text)
