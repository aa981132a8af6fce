"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from payments.payroll.views import funds, mine, runs

app_name = "payroll"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", mine.mine, name="mine"),
    path("slip/<uuid:payslip_id>", mine.slip, name="slip"),
    path("slip/<uuid:payslip_id>/replay", mine.replay, name="replay"),
    path("record", mine.record, name="record"),
    path("record/sheet.csv", mine.record_file, name="record_file"),
    path("record/<uuid:contribution_id>", mine.contribution, name="contribution"),
    path("record/<uuid:contribution_id>/answer", mine.answer, name="answer"),
    path("runs", runs.runs, name="runs"),
    path("runs/waiting", runs.waiting, name="waiting"),
    path("runs/<uuid:run_id>", runs.run, name="run"),
    path("runs/<uuid:run_id>/<slug:verb>", runs.act, name="act"),
    path("funds/", funds.sent, name="sent"),
    path("funds/<str:scheme>/<str:month>", funds.fund, name="fund"),
    path("questions/<uuid:contribution_id>", funds.question, name="question"),
    path("documents/<uuid:document_id>", mine.document, name="document"),
]
