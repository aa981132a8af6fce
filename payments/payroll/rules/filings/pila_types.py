"""What enters a PILA file: the payer and one line for each contributor, named as in the table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from coop.kernel import Money, total
from payments.payroll.rules.filings.settings import NO, YES, Settings, setting

CURRENCY = "COP"
NOTHING = Money.zero(CURRENCY)
NO_RATE = Fraction(0)


@dataclass(frozen=True)
class PilaSettings(Settings):
    """What the annex leaves to the operator of information, or its copies tell differently."""

    line_ending: str = setting(
        "lf", ("lf", "crlf"), "One program in use writes LF, another CRLF: ask your operator."
    )
    final_ending: str = setting(
        YES, (YES, NO), "Whether the last line is ended too is not written anywhere: ask."
    )
    encoding: str = setting(
        "iso-8859-1",
        ("iso-8859-1", "ascii_upper"),
        "ISO-8859-1 is likely; some operators want capitals without accents, and N for Ñ.",
    )
    health_period: str = setting(
        "following",
        ("following", "same"),
        "Field 16 is the following month on planilla E; for planilla S that is unsure.",
    )
    part_time_days: str = setting(
        "weeks",
        ("weeks", "any"),
        "For kind 51 the common reading is 7, 14, 21 or 30 days of pension and family fund, and "
        "30 of labour risk; the annex was not read on it.",
    )
    operator_fields: str = setting(
        "zero", ("zero", "blank"), "Numbers that the operator assigns: left as zeros or as blanks."
    )
    illness_value: str = setting(
        "blank", ("blank", "zero"), "Field 58 is a number, yet its rule says to leave it blank."
    )
    salary_kind: str = setting(
        "v29", ("v29", "older"), "Field 41: X, F or V since version 29; before that X or blank."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PilaContributor:
    """One detail record; keys as in the table, what is left out is blank or zero."""

    kind: str
    doc_type: str
    doc_number: str
    surname: str
    first_name: str
    department: str
    municipality: str
    subkind: str = ""
    foreigner_no_pension: str = ""
    abroad: str = ""
    second_surname: str = ""
    second_name: str = ""
    ing: str = ""
    ret: str = ""
    tde: str = ""
    tae: str = ""
    tdp: str = ""
    tap: str = ""
    vsp: str = ""
    correction: str = ""
    vst: str = ""
    sln: str = ""
    ige: str = ""
    lma: str = ""
    vac: str = ""
    avp: str = ""
    vct: str = ""
    irl_days: int = 0
    afp: str = ""
    afp_to: str = ""
    eps: str = ""
    eps_to: str = ""
    ccf: str = ""
    pension_days: int = 0
    health_days: int = 0
    arl_days: int = 0
    ccf_days: int = 0
    salary: Money = NOTHING
    salary_kind: str = ""
    pension_base: Money = NOTHING
    health_base: Money = NOTHING
    arl_base: Money = NOTHING
    ccf_base: Money = NOTHING
    pension_rate: Fraction = NO_RATE
    pension: Money = NOTHING
    voluntary_worker: Money = NOTHING
    voluntary_employer: Money = NOTHING
    solidarity: Money = NOTHING
    subsistence: Money = NOTHING
    not_withheld: Money = NOTHING
    health_rate: Fraction = NO_RATE
    health: Money = NOTHING
    upc: Money = NOTHING
    illness_authorisation: str = ""
    maternity_authorisation: str = ""
    maternity_value: Money = NOTHING
    arl_rate: Fraction = NO_RATE
    work_centre: str = ""
    arl: Money = NOTHING
    ccf_rate: Fraction = NO_RATE
    ccf_amount: Money = NOTHING
    sena_rate: Fraction = NO_RATE
    sena: Money = NOTHING
    icbf_rate: Fraction = NO_RATE
    icbf: Money = NOTHING
    esap_rate: Fraction = NO_RATE
    esap: Money = NOTHING
    men_rate: Fraction = NO_RATE
    men: Money = NOTHING
    main_doc_type: str = ""
    main_doc_number: str = ""
    exempt: str = ""
    arl_fund: str = ""
    risk_class: str = ""
    pension_special: str = ""
    ing_on: date | None = None
    ret_on: date | None = None
    vsp_on: date | None = None
    sln_from: date | None = None
    sln_to: date | None = None
    ige_from: date | None = None
    ige_to: date | None = None
    lma_from: date | None = None
    lma_to: date | None = None
    vac_from: date | None = None
    vac_to: date | None = None
    vct_from: date | None = None
    vct_to: date | None = None
    irl_from: date | None = None
    irl_to: date | None = None
    other_base: Money = NOTHING
    hours: int = 0
    abroad_on: date | None = None
    activity: str = ""

    @property
    def pension_total(self) -> Money:
        """Field 50: fields 47, 48 and 49 together."""
        return self.pension + self.voluntary_worker + self.voluntary_employer


@dataclass(frozen=True, slots=True, kw_only=True)
class PilaFile:
    """A month of one payer; `period` is the first of the month that is settled."""

    name: str
    doc_type: str
    doc_number: str
    contributor_kind: str
    period: date
    contributors: tuple[PilaContributor, ...]
    check_digit: int = 0
    presentation: str = "U"
    branch_code: str = ""
    branch_name: str = ""
    arl_code: str = ""

    @property
    def workers(self) -> int:
        """Field 19: people, each once, whatever number of lines they have."""
        return len({(one.doc_type, one.doc_number) for one in self.contributors})

    @property
    def payroll(self) -> Money:
        """Field 20: the bases of the family fund (field 45) together."""
        return total([one.ccf_base for one in self.contributors], CURRENCY)
