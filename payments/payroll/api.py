"""Pay over the API: the same verbs as the pages."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router

from coop.members.access import ref_of, today_of
from payments.payroll import operations, queries, schemas

router = Router()


@router.get("/mine", response=list[schemas.SlipOut], summary="My payslips")
def mine(request: HttpRequest) -> list[schemas.SlipOut]:
    return [schemas.slip(card) for card in queries.my_payslips(ref_of(request))]


@router.get("/slips/{payslip_id}", response=schemas.SlipDetailOut, summary="A payslip, every line")
def slip(request: HttpRequest, payslip_id: UUID) -> schemas.SlipDetailOut:
    return schemas.detail(queries.payslip(ref_of(request), payslip_id))


@router.get("/slips/{payslip_id}/replay", response=schemas.ReplayOut, summary="Compute it again")
def replay(request: HttpRequest, payslip_id: UUID) -> schemas.ReplayOut:
    ref = ref_of(request)
    queries.payslip(ref, payslip_id)
    again = queries.replay(cooperative_id=ref.cooperative_id, payslip_id=payslip_id)
    return schemas.ReplayOut(same=again.same, kept=again.kept, now=again.now)


@router.get("/record", response=list[schemas.ContributionOut], summary="My contributions")
def record(request: HttpRequest) -> list[schemas.ContributionOut]:
    _schemes, months = queries.my_record(ref_of(request))
    cells = [card for _month, row in months for cell in row for card in cell]
    return [schemas.contribution(card) for card in cells]


@router.get(
    "/record/{contribution_id}", response=schemas.ContributionDetailOut, summary="Every step of it"
)
def contribution(request: HttpRequest, contribution_id: UUID) -> schemas.ContributionDetailOut:
    return schemas.steps(queries.contribution(ref_of(request), contribution_id))


@router.post("/record/{contribution_id}/query", response={204: None}, summary="Not at the fund")
def query_contribution(
    request: HttpRequest, contribution_id: UUID, said: schemas.SawIn
) -> tuple[int, None]:
    operations.query_contribution(
        by=ref_of(request), at=timezone.now(), contribution_id=contribution_id, note=said.note
    )
    return 204, None


@router.post("/record/{contribution_id}/confirm", response={204: None}, summary="At the fund")
def confirm_contribution(request: HttpRequest, contribution_id: UUID) -> tuple[int, None]:
    operations.confirm_contribution(
        by=ref_of(request), at=timezone.now(), contribution_id=contribution_id
    )
    return 204, None


@router.get("/runs", response=list[schemas.RunOut], summary="Pay runs")
def runs(request: HttpRequest) -> list[schemas.RunOut]:
    return [schemas.run(card) for card in queries.pay_runs(ref_of(request))]


@router.post("/runs", response={201: schemas.IdOut}, summary="Open a pay run")
def open_run(request: HttpRequest, said: schemas.PeriodIn) -> tuple[int, schemas.IdOut]:
    run_id = operations.open_pay_run(
        by=ref_of(request), at=timezone.now(), starts_on=said.starts_on, ends_on=said.ends_on
    )
    return 201, schemas.IdOut(id=run_id)


@router.get("/runs/{run_id}", response=schemas.RunOut, summary="A pay run")
def run(request: HttpRequest, run_id: UUID) -> schemas.RunOut:
    return schemas.run(queries.pay_run(ref_of(request), run_id))


@router.post("/runs/{run_id}/compute", response=schemas.StateOut, summary="Compute payslips")
def compute(request: HttpRequest, run_id: UUID) -> schemas.StateOut:
    operations.compute(by=ref_of(request), at=timezone.now(), run_id=run_id)
    return schemas.StateOut(state="computed")


@router.post("/runs/{run_id}/approve", response=schemas.StateOut, summary="Give my key")
def approve(request: HttpRequest, run_id: UUID) -> schemas.StateOut:
    state = operations.approve(by=ref_of(request), at=timezone.now(), run_id=run_id)
    return schemas.StateOut(state=state.value)


@router.post("/runs/{run_id}/pay", response=schemas.StateOut, summary="Pay an approved run")
def pay(request: HttpRequest, run_id: UUID) -> schemas.StateOut:
    operations.pay(by=ref_of(request), at=timezone.now(), run_id=run_id)
    return schemas.StateOut(state="paid")


@router.post("/runs/{run_id}/file", response=schemas.StateOut, summary="Close a filed run")
def file_run(request: HttpRequest, run_id: UUID) -> schemas.StateOut:
    operations.file_run(by=ref_of(request), at=timezone.now(), run_id=run_id)
    return schemas.StateOut(state="filed")


@router.get("/funds", response=list[schemas.DeadlineOut], summary="What is due at which fund")
def deadlines(request: HttpRequest) -> list[schemas.DeadlineOut]:
    ref = ref_of(request)
    return [schemas.deadline(found) for found in queries.deadlines(ref, on=today_of(ref))]


@router.get("/remittances", response=list[schemas.RemittanceOut], summary="Payments to funds")
def remittances(request: HttpRequest) -> list[schemas.RemittanceOut]:
    return [schemas.remittance(card) for card in queries.remittances(ref_of(request))]


@router.post("/remittances", response={201: schemas.IdOut}, summary="Prepare a fund's month")
def prepare(request: HttpRequest, said: schemas.FundMonthIn) -> tuple[int, schemas.IdOut]:
    made = operations.prepare_remittance(
        by=ref_of(request), at=timezone.now(), scheme=said.scheme, month=said.month
    )
    return 201, schemas.IdOut(id=made)


@router.get("/remittances/{remittance_id}", response=schemas.RemittanceOut, summary="A payment")
def remittance(request: HttpRequest, remittance_id: UUID) -> schemas.RemittanceOut:
    return schemas.remittance(queries.remittance(ref_of(request), remittance_id))


@router.post(
    "/remittances/{remittance_id}/approve", response=schemas.StateOut, summary="The second key"
)
def approve_remittance(request: HttpRequest, remittance_id: UUID) -> schemas.StateOut:
    operations.approve_remittance(
        by=ref_of(request), at=timezone.now(), remittance_id=remittance_id
    )
    return schemas.StateOut(state="approved")


@router.post("/remittances/{remittance_id}/pay", response=schemas.AmountOut, summary="It is paid")
def remit(
    request: HttpRequest, remittance_id: UUID, said: schemas.ReferenceIn
) -> schemas.AmountOut:
    paid = operations.remit(
        by=ref_of(request), at=timezone.now(), remittance_id=remittance_id,
        reference=said.reference,
    )  # fmt: skip
    return schemas.amount(paid)


@router.get("/questions", response=list[schemas.QuestionOut], summary="What workers do not find")
def questions(request: HttpRequest) -> list[schemas.QuestionOut]:
    return [schemas.question(card) for card in queries.queried(ref_of(request))]


@router.post("/questions/{contribution_id}/answer", response={204: None}, summary="Tell her")
def answer(request: HttpRequest, contribution_id: UUID, said: schemas.NoteIn) -> tuple[int, None]:
    operations.answer_query(
        by=ref_of(request), at=timezone.now(), contribution_id=contribution_id, note=said.note
    )
    return 204, None


@router.post("/filings", response={204: None}, summary="Record a declaration to a fund")
def file_contributions(request: HttpRequest, said: schemas.FundIn) -> tuple[int, None]:
    operations.file_contributions(
        by=ref_of(request), at=timezone.now(), scheme=said.scheme, month=said.month,
        reference=said.reference,
    )  # fmt: skip
    return 204, None
