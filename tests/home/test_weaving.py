"""What components draw is what was computed."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

from django.template import Context, Template
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from coop.home.templatetags import weaving
from coop.kernel import Money
from payments.charges.types import ChargeState

LINES = [
    {"label": "Wage", "amount": Money.of("60.00", "ZAR"), "reason": "The floor."},
    {"label": "Contributions", "amount": Money.of("30.00", "ZAR")},
    {"label": "Cooperative", "amount": Money.of("10.00", "ZAR")},
]


def drawn(source: str, **context: object) -> str:
    context["request"] = RequestFactory().get("/")
    return Template(CottonCompiler().process(source)).render(Context(context))


def test_each_thread_is_as_wide_as_its_share_and_lies_after_the_one_before() -> None:
    laid = weaving.woven(LINES)
    assert [(t.x, t.width) for t in laid] == [
        ("0.000%", "60.000%"),
        ("60.000%", "30.000%"),
        ("90.000%", "10.000%"),
    ]
    assert sum(t.share for t in laid) == Fraction(1)


def test_seven_threads_of_a_price_have_seven_colours_and_each_is_in_the_style_sheet() -> None:
    laid = weaving.woven([{"label": "x", "amount": Money.of("1.00", "ZAR")}] * 7)
    assert [thread.colour for thread in laid] == [1, 2, 3, 4, 5, 6, 7]
    style = (Path(weaving.__file__).parents[2] / "static/letsema/letsema.css").read_text()
    assert [f".t{thread.colour} {{ fill" in style for thread in laid] == [True] * 7


def test_a_bill_is_told_in_words_a_household_uses() -> None:
    words = [weaving.state_shown(state).label for state in ChargeState]
    assert words == [
        "Not paid yet", "Money held", "Collected", "Paid", "Failed", "Not charged", "Paid back",
    ]  # fmt: skip


def test_a_price_is_drawn_with_its_sum_and_reasons() -> None:
    page = drawn('<c-weave-price :threads="lines" title="Price" />', lines=LINES)
    assert page.count("R100,00") == 2
    assert "The floor." in page
    assert 'style="' not in page


def test_the_cloth_of_a_vote_shows_turnout_and_quorum() -> None:
    cloth = weaving.cloth(61, 140, 70)
    assert (cloth.turnout, cloth.quorum_x, cloth.reached) == ("43.571%", "50.000%", False)
    assert weaving.cloth(70, 140, 70).reached
    assert weaving.cloth(0, 0, 0).turnout == "0.000%"


def test_hours_over_the_limit_are_drawn_apart() -> None:
    bar = weaving.hours_laid(50, 40, 30)
    assert (bar.done, bar.over_x, bar.over, bar.wish_x) == (
        "80.000%",
        "80.000%",
        "20.000%",
        "60.000%",
    )
    assert bar.is_over
    assert bar.left == 0


def test_a_state_is_told_in_a_word_and_a_shape() -> None:
    page = drawn('<c-state name="confirmed" />')
    assert "Confirmed" in page
    assert "#good" in page


def test_an_unknown_state_is_shown_as_it_is() -> None:
    assert weaving.state_shown("half_woven").label == "Half woven"


def test_what_a_person_typed_never_becomes_markup() -> None:
    """The package's own attribute string is marked safe; ours escapes every value."""
    typed = '"><script>alert(1)</script>'
    for source in (
        '<c-button :data-name="typed">x</c-button>',
        '<c-button data-name="{{ typed }}">x</c-button>',
        '<c-card :title="typed">{{ typed }}</c-card>',
        '<c-field name="a" label="A" :value="typed" :placeholder="typed" />',
        '<c-live id="a" :what="typed">x</c-live>',
    ):
        page = drawn(source, typed=typed)
        assert "<script>" not in page, source
        assert "&lt;script&gt;" in page, source


def test_a_table_of_lists_labels_every_cell_for_small_screens() -> None:
    page = drawn("<c-table :columns=\"['Day','Hours']\" :rows=\"[['Mon','4 h']]\" />")
    assert '<th scope="row">Mon</th>' in page
    assert '<td data-label="Hours">4 h</td>' in page


def test_no_template_prints_spare_attributes_that_the_package_calls_safe() -> None:
    """A typed name would be markup there: `{{ attrs|attributes }}` escapes every value."""
    assert drawn('<c-button :data-x="typed">Go</c-button>', typed='"><b>').count("<b>") == 0
    root = Path(__file__).resolve().parent.parent.parent
    tops = (root / top for top in ("coop", "governance", "bookings", "payments"))
    templates = [path for top in tops for path in top.rglob("templates/**/*.html")]
    raw = re.compile(r"\{\{\s*attrs\s*(?!\|\s*attributes\s*\}\})[|}]")
    assert len(templates) > 90
    assert raw.search("{{ attrs }}")
    assert raw.search("{{ attrs|safe }}")
    assert not raw.search("{{ attrs|attributes }}")
    assert [path.name for path in templates if raw.search(_told(path))] == []


def _told(path: Path) -> str:
    """A template without its comments."""
    return re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(), flags=re.DOTALL)


def test_a_bill_not_paid_yet_is_no_draft() -> None:
    from governance.types import ProposalState
    from payments.charges.types import ChargeState

    assert weaving.state_shown(ChargeState.DRAFT).label == "Not paid yet"
    assert weaving.state_shown(ProposalState.DRAFT).label == "Draft"


def test_a_thread_tells_since_which_vote() -> None:
    from datetime import date

    voted = LINES[0] | {"since_on": date(2026, 5, 1), "vote": "A fairer wage"}
    founded = LINES[1] | {"since_on": date(2026, 3, 2), "vote": ""}
    page = drawn('<c-weave-price :threads="lines" title="Price" />', lines=[voted, founded])
    assert "Since Fri 1 May 2026, by the vote “A fairer wage”." in page
    assert "Since the founding, Mon 2 Mar 2026." in page
