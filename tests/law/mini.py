"""Small packs that exercise each engine; the rates are those of published tables."""

from __future__ import annotations

from functools import cache

from coop.law.registry import parse
from coop.law.types import Pack

_HEAD = """
country: {country}
currency: {currency}
compiled: 2026-11-23
money_step: "{step}"
sources: {{s: {{title: "a published table"}}}}
"""

_BODY = {
    "KE": (
        "KES",
        "0.01",
        """
schemes:
  - id: NSSF
    name: NSSF
    law: NSSF Act 2013
    periods:
      - {from: 2023-02-01, to: 2024-01-31, kind: slices, source: s, confidence: verified, rounding: {half: {to: "0.01", how: half_up}}, slices: [{name: Tier I, up_to: "6000", worker: "0.06", employer: "0.06"}, {name: Tier II, up_to: "18000", worker: "0.06", employer: "0.06"}]}
      - {from: 2026-02-01, review_by: 2027-11-23, kind: slices, source: s, confidence: verified, rounding: {half: {to: "0.01", how: half_up}}, slices: [{name: Tier I, up_to: "9000", worker: "0.06", employer: "0.06"}, {name: Tier II, up_to: "108000", worker: "0.06", employer: "0.06"}]}
  - id: SHIF
    name: SHIF
    law: Social Health Insurance Act 2023
    periods:
      - {from: 2024-10-01, review_by: 2027-11-23, kind: rate, worker: "0.0275", employer: "0", worker_at_least: "300", source: s, confidence: verified, rounding: {half: {to: "0.01", how: half_up}}}
""",
    ),
    "BR": (
        "BRL",
        "0.01",
        """
schemes:
  - id: INSS
    name: INSS
    law: LC 150/2015
    periods:
      - {from: 2021-01-01, to: 2021-12-31, kind: slices, source: s, confidence: likely, rounding: {slice: {to: "0.01", how: down}, half: {to: "0.01", how: half_up}}, slices: [{up_to: "1100.00", worker: "0.075", employer: "0"}, {up_to: "2203.48", worker: "0.09", employer: "0"}, {up_to: "3305.22", worker: "0.12", employer: "0"}, {up_to: "6433.57", worker: "0.14", employer: "0"}]}
      - {from: 2024-01-01, to: 2024-12-31, kind: slices, source: s, confidence: verified, rounding: {slice: {to: "0.01", how: half_up}, half: {to: "0.01", how: half_up}}, slices: [{up_to: "1412.00", worker: "0.075", employer: "0"}, {up_to: "2666.68", worker: "0.09", employer: "0"}, {up_to: "4000.03", worker: "0.12", employer: "0"}, {up_to: "7786.02", worker: "0.14", employer: "0"}]}
      - {from: 2025-01-01, to: 2025-12-31, kind: slices, source: s, confidence: verified, rounding: {slice: {to: "0.01", how: down}, half: {to: "0.01", how: half_up}}, slices: [{up_to: "1518.00", worker: "0.075", employer: "0"}, {up_to: "2793.88", worker: "0.09", employer: "0"}, {up_to: "4190.83", worker: "0.12", employer: "0"}, {up_to: "8157.41", worker: "0.14", employer: "0"}]}
      - {from: 2026-01-01, review_by: 2026-12-31, kind: slices, source: s, confidence: unsure, rounding: {half: {to: "0.01", how: down}}, slices: [{up_to: "1621.00", worker: "0.075", employer: "0"}, {up_to: "2902.84", worker: "0.09", employer: "0"}, {up_to: "4354.27", worker: "0.12", employer: "0"}, {up_to: "8475.55", worker: "0.14", employer: "0"}]}
surplus:
  statutory:
    - {id: reserve, name: Reserve fund, from: 1971-12-16, base: member_part, floor: "0.10", law: "Lei 5.764/1971 art. 28", source: s, confidence: likely, review_by: 2027-11-23}
    - {id: fates, name: FATES, from: 1971-12-16, base: member_part, floor: "0.05", law: "Lei 5.764/1971 art. 28", source: s, confidence: likely, review_by: 2027-11-23}
  on_loss: reserve_then_members
""",
    ),
    "TT": (
        "TTD",
        "0.01",
        """
schemes:
  - id: NIS
    name: NIS
    law: National Insurance Act
    periods:
      - {from: 2016-09-05, to: 2026-01-04, kind: classes, source: s, confidence: verified, rounding: {half: {to: "0.01", how: half_up}}, classes: [{name: I, pay_from: "200.00", worker: "11.90", employer: "23.80"}, {name: IV, pay_from: "610.00", worker: "30.10", employer: "60.20"}, {name: V, pay_from: "760.00", worker: "37.20", employer: "74.40"}, {name: VI, pay_from: "930.00", worker: "45.10", employer: "90.20"}]}
""",
    ),
    "DO": (
        "DOP",
        "0.01",
        """
schemes:
  - id: SDSS
    name: SDSS
    law: Resolucion CNSS 551-08
    periods:
      - {from: 2022-12-19, review_by: 2027-11-23, kind: fixed, worker: "28.50", employer: "571.50", state: "259.43", source: s, confidence: verified, rounding: {half: {to: "0.01", how: half_up}}}
minimum_wages:
  - {from: 2022-12-19, review_by: 2027-11-23, month: "10000.00", source: s, confidence: verified}
figures:
  day_divisor: {unit: days, rule: days in the month, values: [{from: 2022-12-19, review_by: 2027-11-23, value: "23.83", source: s, confidence: verified}]}
  day_hours_max: {unit: hours, rule: eight hours a day, values: [{from: 2022-12-19, review_by: 2027-11-23, value: "8", source: s, confidence: verified}]}
""",
    ),
    "AR": (
        "ARS",
        "0.01",
        """
schemes:
  - id: CASAS
    name: Casas particulares
    law: Ley 26.844
    periods:
      - {from: 2026-02-01, to: 2026-07-31, kind: fixed, source: s, confidence: verified, rounding: {half: {to: "0.01", how: half_up}}, bands: [{name: "<12", hours_from: "0", worker: "0", employer: "8741.78"}, {name: "12-16", hours_from: "12", worker: "0", employer: "13727.08"}, {name: "16+", hours_from: "16", worker: "0", employer: "37095.95"}]}
""",
    ),
}


@cache
def mini(country: str) -> Pack:
    """The test pack of a country."""
    currency, step, body = _BODY[country]
    head = _HEAD.format(country=country, currency=currency, step=step)
    return parse(head + body, f"{country}.yaml")
