"""Filing: the door of the house."""

import hashlib
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db import IntegrityError, connection, transaction

from motcua.base import ledger, numbering
from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.base.ids import new_id
from motcua.base.text import fold
from motcua.base.worktime import local
from motcua.catalogue.queries import Plan, in_force, plan
from motcua.dossiers import actions as dossiers
from motcua.dossiers import rules
from motcua.dossiers.actions.moving import moved
from motcua.dossiers.events import PaperAdded, Submitted, TakenIn
from motcua.dossiers.models import CHANNELS, RETURNS, Dossier, Standing
from motcua.dossiers.rules import Attached, Filing
from motcua.filing.proving import proven
from motcua.filing.whose import filer_of, for_whom, holder_of
from motcua.people.models import Agency
from motcua.people.queries import agency_by_id, must_exist, province_of

# Filing is the hot act: one prepared statement. It opens only while the agency is what `_desk` saw and the edition is in
# force; counts the agency's number of the day; finishes the first fact, in which that number stands, and the chain
# of hashes after it; and writes everything. ``sha256`` here and in ``ledger.digest`` must say the same: `motcua check`.
# The driver keeps a statement ready up to 50 values, so what repeats is named and sent once.
FILE = f"""
WITH open AS (
  SELECT FROM people_agency a, catalogue_edition e
  WHERE a.id = %(agency)s AND a.code = %(agency_code)s AND a.level = %(level)s AND a.fields = %(fields)s
    AND (a.valid_until IS NULL OR a.valid_until >= %(day)s)
    AND e.id = %(edition)s AND e.state = 'published'
    AND e.in_force_from <= %(day)s AND (e.in_force_until IS NULL OR e.in_force_until > %(day)s)
), counter AS (
  INSERT INTO base_counter (key, value) SELECT %(key)s, 1 FROM open
  ON CONFLICT (key) DO UPDATE SET value = base_counter.value + 1 RETURNING value
), coded AS (
  SELECT %(prefix)s || lpad(value::text, greatest(4, length(value::text)), '0') AS code FROM counter
), chain_1 AS (
  SELECT code, ''::bytea AS hash_0, sha256(convert_to(%(before)s || code || %(after)s, 'UTF8')) AS hash_1 FROM coded
){{chain}}, dossier AS (
  INSERT INTO dossiers_dossier (id, code, edition_id, channel, filed_by_id, owner_name, owner_folded, owner_identity,
    owner_phone, on_behalf_of, answers, return_by, submitted_at)
  SELECT %(id)s, code, %(edition)s, %(channel)s, %(filed_by)s, %(owner)s, %(folded)s, %(identity)s,
    %(phone)s, %(on_behalf_of)s::jsonb, %(answers)s::jsonb, %(return_by)s, %(at)s FROM coded
){{papers}}, facts AS (
  INSERT INTO base_fact ({ledger.COLUMNS}) {{facts}}
)
INSERT INTO dossiers_standing (dossier_id, agency_id, state, step, role, seq, tip)
SELECT %(id)s, %(agency)s, 'submitted', %(step)s, %(role)s, {{seq}}, hash_{{seq}} FROM chain_{{seq}}
RETURNING (SELECT code FROM coded)
"""
CHAIN = ", chain_{0} AS (SELECT *, sha256(hash_{1} || %(content_{0})s) AS hash_{0} FROM chain_{1})"
PAPERS = (
    ", papers AS (INSERT INTO dossiers_dossierpaper (id, dossier_id, paper, file_id, label, source, added_at) {})"
)
PAPER = (
    "SELECT %(paper_id_{0})s::uuid, %(id)s::uuid, %(paper_{0})s, %(sha256_{0})s, %(label_{0})s, %(source_{0})s,"
    " %(at)s::timestamptz FROM coded"
)
FACT = (
    "SELECT %(fact_{0})s::uuid, %(stream)s, {0}, {1}, %(actor)s,"
    " %(node)s, %(at)s::timestamptz, hash_{2}, hash_{0} FROM chain_{3}"
)
ADDED = "%(added)s, %(data_{0})s::jsonb"
SUBMITTED = "%(submitted)s, replace(%(data_1)s, '@code@', code)::jsonb"
CODE = "@code@"  # stands in the first fact where the database puts the code; nothing a person wrote is in that fact
FILED_BEFORE = ("dossiers_dossier_pkey", "dossiers_standing_pkey", "fact_stream_seq")  # whichever is written first


@lru_cache
def statement(papers: int) -> str:
    """Everything of a filing with so many papers in one statement: number, dossier, papers, facts, standing."""
    last = papers + 1
    return FILE.format(
        chain="".join(CHAIN.format(seq, seq - 1) for seq in range(2, last + 1)),
        papers=PAPERS.format(" UNION ALL ".join(map(PAPER.format, range(papers)))) if papers else "",
        facts=" UNION ALL ".join(
            FACT.format(seq, SUBMITTED if seq == 1 else ADDED.format(seq), seq - 1, last)
            for seq in range(1, last + 1)
        ),
        seq=last,
    )


class Desk(NamedTuple):
    """Who receives a filing."""

    code: str
    name: str
    level: str
    fields: list[str]


@lru_cache(maxsize=8192)
def desk_of(agency: UUID) -> Desk:
    """The agency as it was when this process first asked; `FILE` makes sure that it still is."""
    found = Agency.objects.filter(pk=agency).values_list("code", "name", "level", "fields").first()
    if found is None:
        raise NotFound("agency_unknown", agency=str(agency))
    return Desk(*found)


def submit(filing: Filing, *, by: Actor, at: datetime) -> Dossier:
    """File a dossier: checked against its edition, numbered, recorded, all or nothing.

    The same filing (``filing.id``) sent again by the same person gives the dossier it made the first time.
    A reception may take in for another agency of its province: the standing keeps where, and a second fact tells it.
    Effects: dossier, standing, papers, facts, and one step of the agency's counter of the day. Raises `Invalid`
    ``answers_invalid`` (``fields``), ``papers_missing``, ``paper_unknown``, ``channel_unknown``; `Refused`
    ``edition_not_in_force``, ``agency_not_competent``, and what `Plan.obstacle` and `proven` say; `NotFound`
    ``agency_unknown``. A paper with a source is proven again now: the result may have been revoked since it was chosen.
    """
    by.must_have({"citizen", "reception"})
    edition = plan(filing.edition)
    if edition.form.calculates:
        filing = replace(filing, answers=edition.form.completed(filing.answers))
    _check(filing, edition, by)
    filing, whose = for_whom(filing, by)
    if any(each.source for each in filing.papers):
        papers = proven(filing.papers, edition.definition, whose, on=local(at).date())
        filing = replace(filing, papers=papers)
    file = _take_in if by.kind == "officer" and by.agency != str(filing.agency) else _write
    try:
        return file(filing, edition, by=by, at=at)
    except IntegrityError as clash:
        if not any(key in str(clash) for key in FILED_BEFORE):
            raise
    first = Standing.objects.select_related("dossier").get(pk=filing.id)
    ours = by.kind == "citizen" or by.agency in {str(first.agency_id), str(first.counter_id)}
    if not ours or str(first.dossier.filed_by_id or "") != filer_of(filing, by):
        raise Refused("filing_id_taken")
    return first.dossier


def supplement(
    dossier: UUID | str, papers: Sequence[Attached], *, by: Actor, at: datetime, seen: int | None = None
) -> Standing:
    """Answer the open request. Raises as `dossiers.actions.supplement` and, for papers with a source, as `proven`."""
    return dossiers.supplement(dossier, papers, by=by, at=at, seen=seen, proven=proven)


def _check(filing: Filing, edition: Plan, by: Actor) -> None:
    definition = edition.definition
    if filing.channel not in CHANNELS or filing.return_by not in RETURNS:
        raise Invalid("channel_unknown", channel=filing.channel)
    if obstacle := edition.obstacle(filing.channel):
        raise Refused(obstacle, procedure=definition.procedure)
    afar = by.kind == "officer" and by.agency != str(filing.agency)
    if afar and ((province := province_of(by.agency)) is None or province != province_of(filing.agency)):
        raise Forbidden("wrong_agency")
    if faults := edition.form.check(filing.answers):
        raise Invalid("answers_invalid", fields=faults)
    rules.check_papers(definition, filing.papers)
    missing = rules.missing_papers(definition, {each.paper for each in filing.papers})
    if missing and by.kind == "citizen":
        raise Invalid("papers_missing", papers=missing)


def _write(filing: Filing, edition: Plan, *, by: Actor, at: datetime) -> Dossier:
    day = local(at).date()
    desk = _desk(filing, edition)
    dossier = _dossier(filing, CODE, by, at)
    answers = orjson.dumps(filing.answers, option=orjson.OPT_SORT_KEYS)
    step = rules.first_step(edition.definition)
    values = _columns(dossier, answers.decode()) | _told(filing, edition, dossier, answers, by=by, at=at)
    values |= {
        "agency": filing.agency, "agency_code": desk.code, "level": desk.level, "fields": desk.fields, "day": day,
        "key": numbering.day_key(desk.code, day), "prefix": numbering.dossier_code(desk.code, day, 0)[:-4],
        "step": step.step, "role": step.role,
    }  # fmt: skip
    # One statement needs no transaction of its own; inside somebody else's it gets a savepoint, to fail alone.
    alone = nullcontext() if not connection.in_atomic_block else transaction.atomic()
    with alone, connection.cursor() as cursor:
        cursor.execute(statement(len(filing.papers)), values)
        found = cursor.fetchone()
    if found is None:
        return _written_after_a_change(filing, edition, day, by=by, at=at)
    dossier.code = found[0]
    return dossier


def _take_in(filing: Filing, edition: Plan, *, by: Actor, at: datetime) -> Dossier:
    """Filed with another agency of the province, and where it was taken in, in one transaction."""
    with transaction.atomic():
        dossier = _write(filing, edition, by=by, at=at)
        here, also = agency_by_id(by.agency), moved("submitted", "submitted", str(filing.agency))
        (row,) = ledger.append(dossier.stream, [TakenIn(by.agency, here.name)], by=by, at=at, also=also)
        Standing.objects.filter(pk=dossier.id).update(counter=here, seq=row.seq, tip=row.hash)
        return dossier


def _desk(filing: Filing, edition: Plan) -> Desk:
    desk = desk_of(filing.agency)
    if not rules.competent(desk.level, desk.fields, edition.definition):
        desk_of.cache_clear()  # it may have got the field meanwhile: look once more before saying no
        desk = desk_of(filing.agency)
    if not rules.competent(desk.level, desk.fields, edition.definition):
        raise Refused("agency_not_competent", agency=desk.name)
    return desk


def _written_after_a_change(filing: Filing, edition: Plan, day: date, *, by: Actor, at: datetime) -> Dossier:
    """The statement did not open: the edition is not in force, or the agency changed since this process looked."""
    if not in_force(day).filter(pk=filing.edition, state="published").exists():
        raise Refused("edition_not_in_force", procedure=edition.code, on=day.isoformat())
    must_exist(Agency.objects.get(pk=filing.agency), on=day)
    seen = desk_of(filing.agency)
    desk_of.cache_clear()
    if desk_of(filing.agency) == seen:
        raise Refused("edition_not_in_force", procedure=edition.code, on=day.isoformat())
    return _write(filing, edition, by=by, at=at)


def _told(
    filing: Filing, edition: Plan, dossier: Dossier, answers: bytes, *, by: Actor, at: datetime
) -> dict[str, Any]:
    """The facts of a filing as `FILE` takes them: the first with a gap for the code, the others as they are hashed."""
    agency = str(filing.agency)
    submitted = Submitted(
        CODE, edition.definition.procedure, str(filing.edition), agency, filing.channel,
        str(dossier.filed_by_id or ""), bool(filing.on_behalf_of), hashlib.sha256(answers).hexdigest(),
    )  # fmt: skip
    rows = ledger.rows_for(dossier.stream, [submitted], by=by, at=at, also=moved("", "submitted", agency))
    papers = [PaperAdded(each.paper, each.sha256, each.source) for each in filing.papers]
    rows += ledger.rows_for(dossier.stream, papers, by=by, at=at, after=ledger.Tip(1))
    before, _, after = ledger.canonical(rows[0]).decode().partition(CODE)
    values: dict[str, Any] = {"before": before, "after": after, "stream": dossier.stream, "actor": by.ref}
    values |= {"node": rows[0].node, "submitted": rows[0].name, "added": rows[-1].name}
    for number, paper in enumerate(filing.papers):
        values |= {
            f"paper_id_{number}": new_id(), f"paper_{number}": paper.paper, f"sha256_{number}": paper.sha256,
            f"label_{number}": paper.label, f"source_{number}": paper.source,
        }  # fmt: skip
    for row in rows:
        data = orjson.dumps(row.data).decode()
        values |= {f"fact_{row.seq}": row.id, f"data_{row.seq}": data}
        if row.seq > 1:
            values[f"content_{row.seq}"] = ledger.canonical(row)
    return values


def _dossier(filing: Filing, code: str, by: Actor, at: datetime) -> Dossier:
    return Dossier(
        id=filing.id,
        code=code,
        edition_id=filing.edition,
        channel=filing.channel,
        filed_by_id=holder_of(filing, by),
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
        "id": dossier.id, "edition": dossier.edition_id, "channel": dossier.channel,
        "filed_by": dossier.filed_by_id, "owner": dossier.owner_name, "folded": dossier.owner_folded,
        "identity": dossier.owner_identity, "phone": dossier.owner_phone,
        "on_behalf_of": orjson.dumps(dossier.on_behalf_of).decode(), "answers": answers,
        "return_by": dossier.return_by, "at": dossier.submitted_at,
    }  # fmt: skip
