"""Our rows in the shapes of the API. Reads only what it is given, but for the queries named."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from motcua.base.errors import Refused
from motcua.base.ledger import Row
from motcua.base.text import initials
from motcua.base.worktime import local
from motcua.catalogue import models as catalogue
from motcua.catalogue.definition import Text
from motcua.catalogue.queries import Plan, ProcedurePage, plan
from motcua.deadlines.words import explain
from motcua.dossiers import queries
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import due_of
from motcua.dossiers.states import LABELS, NATIONAL, VERB_LABELS_EN, State
from motcua.people.models import Agency
from motcua.people.queries import colleagues
from motcua.results.models import Result
from motcua.sites.api import shapes
from motcua.sites.api.access import Caller
from motcua.sites.frame import refusals
from motcua.telling.words import TOLD, told

# What the timeline calls the facts that nobody is written to about.
QUIET = {
    "dossiers.paper_added": Text("Đã đính kèm giấy tờ", "A paper was attached"),
    "dossiers.assigned": Text("Đã phân công cán bộ xử lý", "Assigned to an officer"),
    "dossiers.passed_on": Text("Đã chuyển bước xử lý", "Passed on to the next step"),
    "dossiers.task_done": Text("Đã làm xong một việc của bước", "A task of the step was done"),
    "supervision.reminded": Text("Nhắc: hồ sơ ở bước này đã lâu", "Reminder: long at this step"),
    "supervision.escalated": Text("Chuyển bước cho lãnh đạo vì quá thời gian", "The step went to the head: too long"),
    "opinions.answered": Text("Cơ quan được hỏi đã trả lời", "The agency that was asked has answered"),
    "opinions.withdrawn": Text("Đã rút yêu cầu lấy ý kiến", "A question was withdrawn"),
    "dossiers.left_agency": Text("Hồ sơ rời cơ quan cũ", "Left the former agency"),
    "dossiers.closed": Text("Đã đóng hồ sơ", "Closed"),
}


def listed(row: catalogue.Procedure) -> shapes.Listed:
    """A procedure in a list; its field must be loaded."""
    return shapes.Listed(
        code=row.code,
        name=Text(row.name, row.name_en),
        field=row.field.name if row.field else "",
        levels=row.levels,
        subjects=row.subjects,
        life_events=row.life_events,
        online=row.online,
        fileable=row.fileable,
    )


def procedure(page: ProcedurePage) -> shapes.Procedure:
    """The whole of a procedure."""
    made, definition = page.plan, page.plan.definition
    steps = [shapes.StepShown(s.step, Text(s.name, s.name_en), s.role, s.hours) for s in definition.process]
    obstacle = made.obstacle("online")
    return shapes.Procedure(
        code=made.code,
        name=definition.name,
        edition=page.edition.id,
        number=page.edition.number,
        in_force_from=page.edition.in_force_from,
        in_force_until=page.edition.in_force_until,
        next_edition_from=page.next_from,
        field=definition.field,
        levels=definition.levels,
        subjects=definition.subjects,
        online=definition.online,
        law=definition.law,
        channels=definition.channels,
        papers=definition.papers,
        steps=steps,
        results=definition.results,
        obstacle=obstacle,
        form=made.form_definition if made.fileable else None,
        schema=made.form.schema if made.fileable else None,
    )


def agency(row: Agency) -> shapes.AgencyShown:
    """An agency by its code."""
    return shapes.AgencyShown(row.code, Text(row.name, row.name_en))


def position(standing: Standing, *, officer: bool = True) -> shapes.Position:
    """Where a dossier stands; ``officer``: name who holds it (one query where that was not loaded)."""
    step = plan(standing.dossier.edition_id).steps.get(standing.step)
    return shapes.Position(
        code=standing.dossier.code,
        state=str(standing.state),
        state_name=Text(*LABELS[State(standing.state)]),
        national_state=NATIONAL[State(standing.state)],
        step=standing.step,
        step_name=Text(step.name, step.name_en) if step else None,
        role=standing.role,
        officer=standing.officer.full_name if officer and standing.officer else None,
        received_at=standing.received_at,
        due_at=standing.due_at,
        step_due_at=standing.step_due_at,
        seq=standing.seq,
    )


def dossier(standing: Standing, caller: Caller) -> shapes.Dossier:
    """The whole of a dossier. Queries: papers, facts, calendar, and for an officer the colleagues."""
    filed, made = standing.dossier, plan(standing.dossier.edition_id)
    return shapes.Dossier(
        position=position(standing),
        procedure=made.code,
        procedure_name=made.definition.name,
        edition=made.edition_id,
        agency=agency(standing.agency),
        channel=filed.channel,
        owner=filed.owner_name,
        submitted_at=filed.submitted_at,
        explanation=explanation(standing, made),
        answers=filed.answers,
        papers=[paper(each) for each in queries.papers_of(filed)],
        timeline=timeline(queries.history(filed), filed.code, caller),
        moves=[offer(each) for each in queries.offered(standing, caller.actor)],
        exits=queries.exits(standing) if caller.agency else {},
        colleagues=assignable(standing, caller),
    )


def paper(row: Any) -> shapes.PaperShown:
    """A file of a dossier."""
    return shapes.PaperShown(
        row.paper, row.label, row.file_id, row.file.size, row.file.media_type, row.added_at, row.source
    )


def explanation(standing: Standing, made: Plan) -> Text | None:
    """How the first appointment was counted; None before reception and where the law names no time. One query."""
    if standing.received_at is None:
        return None
    due = due_of(made, standing.dossier.channel, standing.agency.code, standing.received_at)
    return Text(explain(due.explanation), explain(due.explanation, "en")) if due else None


def timeline(facts: Sequence[Row], code: str, caller: Caller) -> list[shapes.Happened]:
    """The facts of a dossier in words, oldest first. Who did it is told by kind; notes among officers to officers."""
    found = []
    for fact in facts:
        title, note = QUIET.get(fact.name), str(fact.data.get("note", "")) if caller.agency else ""
        if fact.name in TOLD:
            vi, en, note = told(fact.name, code, fact.data)
            title = Text(vi, en)
        kind = fact.actor.partition(":")[0]
        found.append(shapes.Happened(fact.seq, fact.name, title or Text(fact.name), fact.at, kind, note))
    return found


def offer(offered: queries.Offered) -> shapes.Offer:
    """A move of the machine, with the reason when it is not open."""
    row = offered.row
    return shapes.Offer(row.verb, Text(row.label, VERB_LABELS_EN[row.verb]), problem(offered.refusal))


def problem(refusal: Refused | None) -> shapes.Problem | None:
    """The refusal as the answer to the move itself would tell it."""
    return shapes.Problem(**refusals.problem(refusal)) if refusal else None


def assignable(standing: Standing, caller: Caller) -> list[shapes.Colleague]:
    """To whom the present step can be given, for an officer; one query."""
    if caller.agency is None or not standing.role:
        return []
    held = colleagues(caller.agency, role=standing.role, on=local(caller.at).date())
    return [shapes.Colleague(each.id, each.full_name) for each in held]


def waiting(standing: Standing, *, soon: datetime | None, at: datetime) -> shapes.Waiting:
    """A row of a worklist, or of a citizen's own dossiers (``soon`` None: not told)."""
    definition = plan(standing.dossier.edition_id).definition
    return shapes.Waiting(
        position=position(standing, officer=soon is not None),
        procedure=definition.procedure,
        procedure_name=definition.name,
        owner=standing.dossier.owner_name,
        submitted_at=standing.dossier.submitted_at,
        burning=burning(standing, soon, at) if soon else None,
    )


def burning(standing: Standing, soon: datetime, at: datetime) -> str | None:
    """``overdue``, ``soon``, ``later``, or None without a due date or once it has ended."""
    due = standing.due_at
    if due is None or standing.ended_at:
        return None
    return "overdue" if due < at else "soon" if due <= soon else "later"


def status(standing: Standing) -> shapes.Status:
    """What may be public about a dossier."""
    definition = plan(standing.dossier.edition_id).definition
    return shapes.Status(
        code=standing.dossier.code,
        procedure=definition.procedure,
        procedure_name=definition.name,
        agency=agency(standing.agency),
        state=str(standing.state),
        state_name=Text(*LABELS[State(standing.state)]),
        national_state=NATIONAL[State(standing.state)],
        submitted_at=standing.dossier.submitted_at,
        received_at=standing.received_at,
        due_at=standing.due_at,
    )


def verified(row: Result, on: date) -> shapes.Verified:
    """What a result says about itself to whoever holds its number and check code, as of a day."""
    return shapes.Verified(
        number=row.number,
        title=row.title,
        agency=agency(row.agency),
        holder_initials=initials(row.holder_name),
        issued_at=row.issued_at,
        sha256=row.file_id,
        handed_over=row.handed_over_at is not None,
        granted=row.granted,
        state=row.state_on(on),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        validity_known=row.validity_known,
        replaced_by=row.replaced_by.number if row.replaced_by else "",
        signed_by=row.signed_by,
    )
