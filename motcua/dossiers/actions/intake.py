"""Filing and reception: the door of the house."""

import hashlib
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db import IntegrityError, connection, transaction

from motcua.base import ledger, numbering
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound, Refused
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

# Filing is the hot act: two prepared statements. This one says who receives and which number it is, counts that number
# (and holds the counter until the transaction ends), and asks whether the edition is in force on the day.
OPEN = """
WITH agency AS (
  SELECT code, name, level, fields FROM people_agency WHERE id = %s
), counter AS (
  INSERT INTO base_counter (key, value) SELECT %s || code || %s, 1 FROM agency
  ON CONFLICT (key) DO UPDATE SET value = base_counter.value + 1 RETURNING value
)
SELECT code, name, level, fields, value, EXISTS (
  SELECT FROM catalogue_edition WHERE id = %s AND state = 'published'
    AND in_force_from <= %s AND (in_force_until IS NULL OR in_force_until > %s))
FROM agency, counter
"""
# And this one writes it all. The driver keeps a statement ready up to 50 values, so what repeats is named and sent once.
FILE = f"""
WITH dossier AS (
  INSERT INTO dossiers_dossier (id, code, edition_id, channel, filed_by_id, owner_name, owner_folded, owner_identity,
    owner_phone, on_behalf_of, answers, return_by, submitted_at)
  VALUES (%(id)s, %(code)s, %(edition)s, %(channel)s, %(filed_by)s, %(owner)s, %(folded)s, %(identity)s,
    %(phone)s, %(on_behalf_of)s, %(answers)s, %(return_by)s, %(at)s)
){{papers}}, facts AS (
  INSERT INTO base_fact ({ledger.COLUMNS}) VALUES {{facts}}
)
INSERT INTO dossiers_standing (dossier_id, agency_id, state, step, role, seq, tip)
VALUES (%(id)s, %(agency)s, 'submitted', %(step)s, %(role)s, {{seq}}, %(hash_{{seq}})s)
"""
PAPERS = ", papers AS (INSERT INTO dossiers_dossierpaper (id, dossier_id, paper, file_id, label, added_at) VALUES {})"
PAPER = "(%(paper_id_{0})s, %(id)s, %(paper_{0})s, %(sha256_{0})s, %(label_{0})s, %(at)s)"
FACT = (
    "(%(fact_{0})s, %(stream)s, {0}, %(name_{0})s, %(data_{0})s, %(actor)s, %(node)s, %(at)s,"
    " %(hash_{1})s, %(hash_{0})s)"
)
FILED_BEFORE = ("dossiers_dossier_pkey", "dossiers_standing_pkey", "fact_stream_seq")  # whichever is written first


@lru_cache
def statement(papers: int) -> str:
    """Everything of a filing with so many papers in one statement: dossier, papers, facts, standing."""
    marks = ", ".join(PAPER.format(number) for number in range(papers))
    facts = ", ".join(FACT.format(seq, seq - 1) for seq in range(1, papers + 2))
    return FILE.format(papers=PAPERS.format(marks) if papers else "", facts=facts, seq=papers + 1)


class Desk(NamedTuple):
    """Who receives a filing, the number it got there, and whether its edition was in force."""

    code: str
    name: str
    level: str
    fields: list[str]
    number: int
    in_force: bool


def submit(filing: Filing, *, by: Actor, at: datetime) -> Dossier:
    """File a dossier: checked against its edition, numbered, recorded, all or nothing.

    The same filing (``filing.id``) sent again by the same person gives the dossier it made the first time.
    Effects: dossier, standing, papers, facts, and one step of the agency's counter of the day. Raises `Invalid`
    ``answers_invalid`` (``fields``), ``papers_missing``, ``paper_unknown``, ``channel_unknown``; `Refused`
    ``edition_not_in_force``, ``agency_not_competent``, and what `Plan.obstacle` says; `NotFound` ``agency_unknown``.
    """
    by.must_have({"citizen", "reception"})
    edition = plan(filing.edition)
    _check(filing, edition, by)
    try:
        with transaction.atomic():
            return _write(filing, edition, by=by, at=at)
    except IntegrityError as clash:
        if not any(key in str(clash) for key in FILED_BEFORE):
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
        refused = RefusedToReceive(rules.reason(reason), moving.letter_number("03"))
        return moving.record(refused, ended_at=at, paused_at=None)


def due_of(definition_plan: Plan, channel: str, agency_code: str, received_at: datetime) -> deadlines.Due | None:
    """What the law promises for a file received then; None when it sets no limit or the limit could not be read."""
    channels = definition_plan.definition.channels.get(channel, ())
    limits = [offer.limit for offer in channels if offer.limit.known]
    if not limits:
        return None
    return deadlines.due(received_at, term_of(limits[0]), calendar_for(agency_code))


def _due(moving: Moving) -> deadlines.Due | None:
    return due_of(moving.plan, moving.dossier.channel, moving.standing.agency.code, moving.at)


def _check(filing: Filing, edition: Plan, by: Actor) -> None:
    definition = edition.definition
    if filing.channel not in CHANNELS or filing.return_by not in RETURNS:
        raise Invalid("channel_unknown", channel=filing.channel)
    if obstacle := edition.obstacle(filing.channel):
        raise Refused(obstacle, procedure=definition.procedure)
    if by.kind == "officer":
        by.must_be_at(str(filing.agency))
    if faults := edition.form.check(filing.answers):
        raise Invalid("answers_invalid", fields=faults)
    rules.check_papers(definition, filing.papers)
    missing = rules.missing_papers(definition, {each.paper for each in filing.papers})
    if missing and by.kind == "citizen":
        raise Invalid("papers_missing", papers=missing)


def _write(filing: Filing, edition: Plan, *, by: Actor, at: datetime) -> Dossier:
    day, agency = local(at).date(), str(filing.agency)
    with connection.cursor() as cursor:
        desk = _opened(cursor, filing, edition, day)
        dossier = _dossier(filing, numbering.dossier_code(desk.code, day, desk.number), by, at)
        answers = orjson.dumps(filing.answers, option=orjson.OPT_SORT_KEYS)
        submitted = Submitted(
            dossier.code, edition.definition.procedure, str(filing.edition), agency, filing.channel,
            str(dossier.filed_by_id or ""), bool(filing.on_behalf_of), hashlib.sha256(answers).hexdigest(),
        )  # fmt: skip
        rows = ledger.rows_for(dossier.stream, [submitted], by=by, at=at, also=moved("", "submitted", agency))
        papers = [PaperAdded(each.paper, each.sha256) for each in filing.papers]
        rows += ledger.rows_for(dossier.stream, papers, by=by, at=at, after=ledger.Tip(1, rows[0].hash))
        values = _columns(dossier, answers.decode()) | _numbered(filing, rows)
        step = rules.first_step(edition.definition)
        values |= {"agency": filing.agency, "step": step.step, "role": step.role}
        cursor.execute(statement(len(papers)), values)
    return dossier


def _opened(cursor: Any, filing: Filing, edition: Plan, day: date) -> Desk:
    """The desk that receives the filing, with the number it gets there; raises unless it may receive it."""
    before, after = numbering.day_key("|", day).split("|")
    cursor.execute(OPEN, [filing.agency, before, after, filing.edition, day, day])
    found = cursor.fetchone()
    if found is None:
        raise NotFound("agency_unknown", agency=str(filing.agency))
    desk = Desk(*found)
    if not rules.competent(desk.level, desk.fields, edition.definition):
        raise Refused("agency_not_competent", agency=desk.name)
    if not desk.in_force:
        raise Refused("edition_not_in_force", procedure=edition.code, on=day.isoformat())
    return desk


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


def _columns(dossier: Dossier, answers: str) -> dict[str, Any]:
    return {
        "id": dossier.id, "code": dossier.code, "edition": dossier.edition_id, "channel": dossier.channel,
        "filed_by": dossier.filed_by_id, "owner": dossier.owner_name, "folded": dossier.owner_folded,
        "identity": dossier.owner_identity, "phone": dossier.owner_phone,
        "on_behalf_of": orjson.dumps(dossier.on_behalf_of).decode(), "answers": answers,
        "return_by": dossier.return_by, "at": dossier.submitted_at,
    }  # fmt: skip


def _numbered(filing: Filing, rows: list[ledger.Row]) -> dict[str, Any]:
    first = rows[0]
    values: dict[str, Any] = {
        "stream": first.stream,
        "actor": first.actor,
        "node": first.node,
        "hash_0": first.prev_hash,
    }
    for number, paper in enumerate(filing.papers):
        values |= {
            f"paper_id_{number}": new_id(), f"paper_{number}": paper.paper, f"sha256_{number}": paper.sha256,
            f"label_{number}": paper.label,
        }  # fmt: skip
    for row in rows:
        data = orjson.dumps(row.data).decode()
        values |= {f"fact_{row.seq}": row.id, f"name_{row.seq}": row.name, f"data_{row.seq}": data}
        values[f"hash_{row.seq}"] = row.hash
    return values
