"""The rule of a day: founding terms answer first, and keep their id when written down."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from coop.kernel import Money, NotFound
from governance import operations, queries
from governance.models import PolicyVersion
from governance.registry import PolicyKey
from tests.factories import found_town

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)


def test_founding_terms_are_written_at_the_founding(tea: PolicyKey[Money]) -> None:
    town = found_town(slug="tea")
    with CaptureQueriesContext(connection) as asked:
        rule = queries.policy_in_force(tea, cooperative_id=town.id, on=DAY)
    assert len(asked) == 1
    assert rule.value == Money(200, "ZAR")
    assert (rule.effective_from, rule.decision_id) == (date(2026, 3, 2), None)
    assert PolicyVersion.objects.get(id=rule.version_id).founding


def test_a_rule_declared_later_answers_at_once_and_keeps_its_id(tea: PolicyKey[Money]) -> None:
    town = found_town()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM governance_policyversion WHERE key = %s", [tea.name])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    before = queries.policy_in_force(tea, cooperative_id=town.id, on=DAY)
    assert queries.policy_versions([before.version_id], cooperative_id=town.id) == {
        before.version_id: before
    }
    assert operations.charter_missing_keys(by=town.system, at=town.at) == 1
    assert queries.policy_in_force(tea, cooperative_id=town.id, on=DAY) == before
    assert operations.charter_missing_keys(by=town.system, at=town.at) == 0


def test_the_versions_of_another_cooperative_do_not_exist(tea: PolicyKey[Money]) -> None:
    here, there = found_town(), found_town("CO")
    rule = queries.policy_in_force(tea, cooperative_id=here.id, on=DAY)
    assert rule.value.currency == "ZAR"
    for wrong in (rule.version_id, uuid4()):
        with pytest.raises(NotFound):
            queries.policy_versions([wrong], cooperative_id=there.id)


def test_the_database_refuses_a_rule_without_a_vote_or_an_earlier_founding(
    tea: PolicyKey[Money],
) -> None:
    town = found_town()
    row = PolicyVersion(
        cooperative_id=town.id, key="x", terms=1, effective_from=DAY, written_at=town.at
    )
    with pytest.raises(IntegrityError, match="policy_has_decision"), transaction.atomic():
        row.save(force_insert=True)
    row.founding = True
    with pytest.raises(IntegrityError, match="policy_not_backdated"), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    "act",
    [
        "UPDATE governance_policyversion SET terms = '1'",
        "DELETE FROM governance_policyversion",
        "TRUNCATE governance_policyversion",
    ],
)
def test_a_version_is_never_edited(tea: PolicyKey[Money], act: str) -> None:
    found_town()
    with (
        pytest.raises(IntegrityError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(act)
