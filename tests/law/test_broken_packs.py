"""A pack with one fault does not load at all, and says in which file, where, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from coop.law.registry import PACKS, PackInvalid, load, parse

#: One fault each in a copy of a shipped pack: country, what stood there, what stands there now,
#: where it is found, and a part of the reason.
FAULTS = [
    ("ZA", 'hour: "19.09"', "hour: 19.09", "line 86", "write the figure in quotes"),
    ("ZA", 'hour: "19.09"', "hour: 19", "minimum_wages.0.hour", "write the figure in quotes"),
    ("ZA", 'hour: "19.09"', 'hour: "plenty"', "minimum_wages.0.hour", "'plenty' is not a number"),
    ("ZA", 'hour: "19.09"', 'hour: "-19.09"', "minimum_wages.0", "not less than nothing"),
    ("ZA", 'hour: "19.09", ', "", "minimum_wages.0", "say it by hour, day or month"),
    ("ZA", "source: iafrica", "source: hearsay", "minimum_wages.0.source", "is not listed"),
    ("ZA", "source: iafrica, ", "", "minimum_wages.0.source", "Field required"),
    ("ZA", "source: iafrica, confidence: verified", "source: iafrica, confidence: certain",
     "minimum_wages.0.confidence", "'verified', 'likely' or 'unsure'"),
    ("ZA", "from: 2022-03-01, to: 2023-02-28", "from: 2022-02-01, to: 2023-02-28",
     "minimum_wages", "two rows hold on 2022-02-01"),
    ("ZA", "from: 2021-03-01, to: 2022-02-28", "from: 2021-03-01, to: 2020-02-28",
     "minimum_wages.0.to", "it ends before it begins"),
    ("ZA", "  minimum_visit_hours:", "  minimum_vist_hours:", "figures.minimum_vist_hours", "Input"),
    ("ZA", "country: ZA", "country: ZM", "country", "does not match the file's name"),
    ("ZA", "currency: ZAR", "currency: XYZ", "currency", "not known"),
    ("ZA", 'value: "18:00"', 'value: "18.00"', "figures.night_from.values.0.value", "18.00"),
    ("ZA", ', review_by: 2027-02-28, note: "Announced', ', note: "Announced',
     "minimum_wages.5.review_by", "needs a day to look at it again"),
    ("ZA", ', review_by: 2027-02-28, note: "Announced', ', review_by: 2026-02-28, note: "Announced',
     "minimum_wages.5.review_by", "before it begins"),
    ("ZA", "        per_100: true", "        per_hundred: true",
     "schemes.1.periods.0.rate.per_hundred", "Extra inputs are not permitted"),
    ("ZA", 'worker: "0.01"', 'worker: "-0.01"', "schemes.0.periods.0.rates", "between 0 and 1"),
    ("ZA", 'worker: "0.01"', 'worker: "1.01"', "schemes.0.periods.0.rates", "between 0 and 1"),
    ("ZA", "kind: rate", "kind: share", "schemes.0.periods.0", "does not match any"),
    ("ZA", "how: half_up", "how: kindly", "schemes.0.periods.0.rate.rounding.half.how", "Input"),
    ("ZA", "  - id: COIDA", "  - id: UIF", "schemes.1.id", "'UIF' is written twice"),
    ("KE", 'up_to: "18000"', 'up_to: "5000"', "schemes.0.periods.0.slices", "rising order"),
    ("TT", 'pay_from: "340.00"', 'pay_from: "140.00"', "schemes.0.periods.0.classes", "rising"),
    ("CO", "{from_days: 8,", "{from_days: 9,", "schemes.2.periods.0.weeks_by_days", "7 days comes 9"),
    ("CO", "regimes: [full]", "regimes: [whole]", "schemes.0.periods.0.applies.regimes", "'whole'"),
    ("CO", "base: cesantias", "base: censatias", "benefits.2.base", "'censatias' is neither pay"),
    ("AR", 'ART: "4984.83"', 'ART: "4984.38"', "schemes.0.periods.0.bands", "do not add up"),
    ("AR", "usual_area: general_con_retiro", "usual_area: general", "usual_area", "'general'"),
    ("AR", 'hours_from: "12"', 'hours_from: "17"', "schemes.0.periods.0.bands", "rising order"),
    ("IN", 'Provident fund: "0.0367"', 'Provident fund: "0.036"',
     "schemes.0.periods.0.employer_parts", "do not add up"),
]  # fmt: skip


@pytest.mark.parametrize(("country", "old", "new", "path", "reason"), FAULTS)
def test_one_fault_and_nothing_of_the_pack_is_used(
    country: str, old: str, new: str, path: str, reason: str, tmp_path: Path
) -> None:
    file = tmp_path / f"{country}.yaml"
    text = (PACKS / file.name).read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackInvalid) as caught:
        load(file)
    facts = caught.value.facts
    assert (facts["file"], facts["path"]) == (file.name, path)
    assert reason in str(facts["reason"])
    assert f"{file.name}: {path}: " in caught.value.message


def test_a_file_that_is_no_yaml_says_the_line() -> None:
    with pytest.raises(PackInvalid) as caught:
        parse("country: ZA\n  currency: [", "ZA.yaml")
    assert caught.value.facts["path"] == "line 2"
