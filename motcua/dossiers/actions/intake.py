"""Filing and reception: the door of the house."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import IntegrityError, connection, transaction

from motcua.base import ledger, numbering
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, Refused
from motcua.base.ids import new_id
from motcua.base.text import fold
from motcua.base.worktime import local
from motcua.catalogue.queries import Plan, plan
from motcua.catalogue.rules import term_of
from motcua.deadlines import counting as deadlines
from motcua.deadlines.queries import calendar_for
from motcua.dossiers import rules
from motcua.dossiers.actions.moving import Moving, begin, moved
from motcua.dossiers.events import PaperAdded, Received, RefusedToReceive, Submitted
from motcua.dossiers.models import CHANNELS, RETURNS, Dossier, Standing
from motcua.dossiers.rules import Filing
from motcua.people.models import Agency

# The hot act: everything of a filing in one prepared statement. Lists travel as arrays, so its text never changes.
SUBMIT = f"""
WITH dossier AS (
  INSERT INTO dossiers_dossier (id, code, edition_id, channel, filed_by_id, owner_name, owner_folded, owner_identity,
    owner_phone, on_behalf_of, answers, return_by, submitted_at)
  SELECT %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s::jsonb, %s, %s
  WHERE EXISTS (SELECT FROM catalogue_edition WHERE id = %s AND state = 'published'
    AND in_force_from <= %s AND (in_force_until IS NULL OR in_force_until > %s))
  RETURNING id, submitted_at
), paper AS (
  INSERT INTO dossiers_dossierpaper (id, dossier_id, paper, file_id, label, added_at)
  SELECT p.id, d.id, p.paper, p.file, p.label, d.submitted_at
  FROM dossier d, unnest(%s::uuid[], %s::text[], %s::text[], %s::text[]) AS p (id, paper, file, label)
), facts AS (
  INSERT INTO base_fact ({ledger.COLUMNS})
  SELECT * FROM unnest(%s::uuid[], %s::text[], %s::int[], %s::text[], %s::jsonb[], %s::text[], %s::text[],
    %s::timestamptz[], %s::bytea[], %s::bytea[])
)
INSERT INTO dossiers_standing (dossier_id, agency_id, state, step, role, seq, tip)
SELECT id, %s, 'submitted', %s, %s, %s, %s FROM dossier
"""


def submit(filing: Filing, *, by: Actor, at: datetime) -> Dossier:
    """File a dossier: checked against its edition, numbered, recorded, all or nothing.

    The same filing (``filing.id``) sent again by the same person gives the dossier it made the first time.
    Effects: dossier, standing, papers, facts, and one step of the agency's counter of the day. Raises `Invalid`
    ``answers_invalid`` (``fields``), ``papers_missing``, ``paper_unknown``, ``channel_unknown``; `Refused`
    ``edition_not_in_force``, ``agency_not_competent``, and what `Plan.obstacle` says.
    """
    by.must_have({"citizen", "reception"})
    edition = plan(filing.edition)
    agency = Agency.objects.get(pk=filing.agency)
    _check(filing, edition, agency, by)
    try:
        with transaction.atomic():
            return _write(filing, edition, agency, by=by, at=at)
    except IntegrityError as clash:
        if "dossiers_dossier_pkey" not in str(clash):
            raise
    first = Dossier.objects.get(pk=filing.id)
    if str(first.filed_by_id or "") != (by.id if by.kind == "citizen" else ""):
        raise Refused("filing_id_taken")
    return first


def receive(dossier: UUID | str, *, by: Actor, at: datetime, seen: int | None = None) -> Standing:
    """Receive it: the clock starts, the due date is promised, the first step after reception gets the file.

    Online filings count from the reception, which the law wants within the working day of filing.
    """
    with transaction.atomic():
        moving = begin(dossier, "receive", by=by, at=at, seen=seen)
        definition = moving.plan.definition
        after = rules.exit_of(rules.first_step(definition), "pass", moving.dossier.answers)
        step = rules.step_of(definition, after.to)
        due = _due(moving)
        office = calendar_for(moving.standing.agency.code)
        return moving.record(
            Received(step.step, due.at.isoformat() if due else None, (due.starts if due else at).isoformat()),
            received_at=at,
            due_at=due.at if due else None,
            step=step.step,
            role=step.role,
            step_due_at=office.add_working_minutes(at, round(step.hours * 60)),
        )


def refuse(dossier: UUID | str, reason: str, *, by: Actor, at: datetime, seen: int | None = None) -> Standing:
    """Refuse to receive, with the reason that form 03 tells. Final."""
    with transaction.atomic():
        moving = begin(dossier, "refuse", by=by, at=at, seen=seen)
        return moving.record(RefusedToReceive(rules.reason(reason)), ended_at=at, paused_at=None)


def due_of(definition_plan: Plan, channel: str, agency_code: str, received_at: datetime) -> deadlines.Due | None:
    """What the law promises for a file received then; None when it sets no limit or the limit could not be read."""
    channels = definition_plan.definition.channels.get(channel, ())
    limits = [offer.limit for offer in channels if offer.limit.known]
    if not limits:
        return None
    return deadlines.due(received_at, term_of(limits[0]), calendar_for(agency_code))


def _due(moving: Moving) -> deadlines.Due | None:
    return due_of(moving.plan, moving.dossier.channel, moving.standing.agency.code, moving.at)


def _check(filing: Filing, edition: Plan, agency: Agency, by: Actor) -> None:
    definition = edition.definition
    if filing.channel not in CHANNELS or filing.return_by not in RETURNS:
        raise Invalid("channel_unknown", channel=filing.channel)
    if obstacle := edition.obstacle(filing.channel):
        raise Refused(obstacle, procedure=definition.procedure)
    if not rules.competent(agency.level, agency.fields, definition):
        raise Refused("agency_not_competent", agency=agency.name)
    if by.kind == "officer":
        by.must_be_at(str(filing.agency))
    if faults := edition.form.check(filing.answers):
        raise Invalid("answers_invalid", fields=faults)
    rules.check_papers(definition, filing.papers)
    missing = rules.missing_papers(definition, {each.paper for each in filing.papers})
    if missing and by.kind == "citizen":
        raise Invalid("papers_missing", papers=missing)


def _write(filing: Filing, edition: Plan, agency: Agency, *, by: Actor, at: datetime) -> Dossier:
    day = local(at).date()
    code = numbering.dossier_code(agency.code, day, numbering.next_number(numbering.day_key(agency.code, day)))
    dossier = _dossier(filing, code, by, at)
    answers = orjson.dumps(filing.answers, option=orjson.OPT_SORT_KEYS)
    submitted = Submitted(
        code, edition.definition.procedure, str(filing.edition), str(agency.id), filing.channel,
        str(dossier.filed_by_id or ""), bool(filing.on_behalf_of), hashlib.sha256(answers).hexdigest(),
    )  # fmt: skip
    rows = ledger.rows_for(dossier.stream, [submitted], by=by, at=at, also=moved("", "submitted", str(agency.id)))
    papers = [PaperAdded(each.paper, each.sha256) for each in filing.papers]
    rows += ledger.rows_for(dossier.stream, papers, by=by, at=at, after=ledger.Tip(1, rows[0].hash))
    step = rules.first_step(edition.definition)
    with connection.cursor() as cursor:
        cursor.execute(
            SUBMIT,
            [
                *_columns(dossier, answers.decode()), dossier.edition_id, day, day,
                *_papers(filing),
                *map(list, zip(*map(ledger.row_values, rows), strict=True)),
                agency.id, step.step, step.role, rows[-1].seq, rows[-1].hash,
            ],
        )  # fmt: skip
        if cursor.rowcount != 1:
            raise Refused("edition_not_in_force", procedure=edition.code, on=day.isoformat())
    return dossier


def _dossier(filing: Filing, code: str, by: Actor, at: datetime) -> Dossier:
    return Dossier(
        id=filing.id,
        code=code,
        edition_id=filing.edition,
        channel=filing.channel,
        filed_by_id=UUID(by.id) if by.kind == "citizen" else None,
        owner_name=filing.owner.name,
        owner_folded=fold(filing.owner.name),
        owner_identity=filing.owner.identity_number,
        owner_phone=filing.owner.phone,
        on_behalf_of=filing.on_behalf_of or {},
        answers=filing.answers,
        return_by=filing.return_by,
        submitted_at=at,
    )


def _columns(dossier: Dossier, answers: str) -> list[Any]:
    return [
        dossier.id, dossier.code, dossier.edition_id, dossier.channel, dossier.filed_by_id, dossier.owner_name,
        dossier.owner_folded, dossier.owner_identity, dossier.owner_phone, orjson.dumps(dossier.on_behalf_of).decode(),
        answers, dossier.return_by, dossier.submitted_at,
    ]  # fmt: skip


def _papers(filing: Filing) -> list[list[Any]]:
    papers = filing.papers
    return [
        [new_id() for _ in papers],
        [each.paper for each in papers],
        [each.sha256 for each in papers],
        [each.label for each in papers],
    ]
