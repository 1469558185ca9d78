"""Every read of dossiers worth a name. Lists have a fixed number of queries and are paged by key, never by offset."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import NotFound, Refused
from motcua.base.ledger import Row
from motcua.base.machine import Move
from motcua.base.numbering import CODE
from motcua.base.text import fold
from motcua.base.worktime import local
from motcua.catalogue.queries import Plan, plan
from motcua.catalogue.rules import cut_off_of, term_of
from motcua.deadlines import counting as deadlines
from motcua.deadlines.queries import calendar_for
from motcua.dossiers import rules
from motcua.dossiers.models import Dossier, Standing, Supplement, Tally, of_citizen
from motcua.dossiers.states import MACHINE, OPEN, PAUSED, State
from motcua.fees import rules as fees
from motcua.fees.rules import UNSAID, Quote, Unknown
from motcua.payments.queries import council_fees
from motcua.people.queries import heirs

PAGE = 50
BY_HOLDER = {"pass_on", "decide", "ask_supplement", "do_task", "ask_opinion", "withdraw_opinion", "hand_over"}
NOBODY = "none"


@dataclass(frozen=True)
class Filters:
    """What a worklist shows; empty is all. ``due``: overdue, soon, later. ``after``: key of the last row seen."""

    state: str = ""
    procedure: str = ""
    role: str = ""
    mine: bool = False
    due: str = ""
    text: str = ""
    after: str = ""
    officer: str = ""  # id of who was given it; NOBODY: given to nobody
    among: QuerySet[Any, Any] | None = None  # only these dossiers, ended ones too
    own: bool = False  # only what the actor could move now: own roles, given to nobody else, not the citizen's turn


@dataclass(frozen=True)
class Offered:
    """A move that the page shows; ``refusal`` says why it is not open to this actor now, None when it is."""

    row: Move
    refusal: Refused | None


def worklist(by: Actor, filters: Filters, *, soon: datetime, at: datetime) -> list[Standing]:
    """One page of the open dossiers of the actor's agency, what burns first on top; one query.

    ``soon`` is the moment up to which a due date counts as near. Dossiers without a due date come last. Fetches one row
    more than `PAGE` when there is a next page. A state, a whole code or an identity number also finds dossiers that
    have ended. Definitions and answers are not loaded: `plan` knows the ones, no list shows the others.
    """
    found = matching(by, filters, soon=soon, at=at)
    page = _after(found, filters.after).order_by("due_at", "dossier_id").values("pk")[: PAGE + 1]
    rows = Standing.objects.filter(pk__in=page).select_related(
        "dossier__edition", "officer"
    )  # joined to one page only
    rows = rows.defer("tip", "dossier__answers", "dossier__edition__definition")
    return list(rows.order_by("due_at", "dossier_id"))


def matching(by: Actor, filters: Filters, *, soon: datetime, at: datetime) -> QuerySet[Standing]:
    """Every dossier of the actor's agency that a worklist with these filters shows, whatever the page; no query yet."""
    found = Standing.objects.filter(agency=by.agency)
    if filters.state:
        found = found.filter(state=filters.state)
    elif filters.among is None and not _names_one(filters.text):
        found = found.filter(state__in=sorted(OPEN))
    if filters.procedure:
        found = found.filter(dossier__edition__procedure__code=filters.procedure)
    if filters.among is not None:
        found = found.filter(dossier__in=filters.among)
    if filters.role:
        found = found.filter(role=filters.role)
    if filters.mine:
        found = found.filter(officer=by.id)
    if filters.officer:
        found = found.filter(officer=None if filters.officer == NOBODY else filters.officer)
    if filters.own:
        found = found.filter(_own(by))
    return _by_text(_by_due(found, filters.due, soon=soon, at=at), filters.text)


def page_key(standing: Standing) -> str:
    """The key after which the next page of a worklist begins."""
    return f"{standing.due_at.isoformat() if standing.due_at else ''}~{standing.dossier_id}"


def _after(found: QuerySet[Standing], key: str) -> QuerySet[Standing]:
    due, _, dossier = key.partition("~")
    try:
        last = UUID(dossier) if dossier else None
        moment = datetime.fromisoformat(due) if due else None
    except ValueError:
        return found
    if last is None:
        return found
    if moment is None:
        return found.filter(due_at=None, dossier_id__gt=last)
    later = Q(due_at__gt=moment) | Q(due_at=moment, dossier_id__gt=last) | Q(due_at=None)
    return found.filter(later)


def _own(by: Actor) -> Q:
    held = Q(officer=None) | Q(officer__in=sorted({by.id, *by.stands_in_for}))
    theirs = Q(role__in=sorted(by.roles), state__in=sorted(OPEN - PAUSED)) & held
    return theirs | Q(state=State.PAYING) if "reception" in by.roles else theirs


def _by_due(found: QuerySet[Standing], due: str, *, soon: datetime, at: datetime) -> QuerySet[Standing]:
    """What is late or near by the running clock: not while the citizen has the turn, not once it was decided."""
    running = found.filter(paused_at=None, ended_at=None) if due else found
    if due == "overdue":
        return running.filter(due_at__lt=at)
    if due == "soon":
        return running.filter(due_at__gte=at, due_at__lte=soon)
    return running.filter(due_at__gt=soon) if due == "later" else found


def _names_one(text: str) -> bool:
    """Whether ``text`` is a whole code or an identity number: those are indexed, so the past can be searched too."""
    asked = text.strip()
    return bool(CODE.match(asked.upper())) or (asked.isdecimal() and len(asked) == 12)


def _by_text(found: QuerySet[Standing], text: str) -> QuerySet[Standing]:
    asked = text.strip()[:100]
    if not asked:
        return found
    if asked.isdecimal() and len(asked) == 12:
        return found.filter(dossier__owner_identity=asked)
    if CODE.match(asked.upper()):
        return found.filter(dossier__code=asked.upper())
    if "-" in asked and any(char.isdigit() for char in asked):
        return found.filter(dossier__code__startswith=asked.upper())
    return found.filter(dossier__owner_folded__contains=fold(asked))


def counts(by: Actor) -> dict[str, int]:
    """How many dossiers of the actor's agency stand in each state, as counted by the subscriber; one query."""
    return dict(Tally.objects.filter(agency=by.agency).values_list("state", "count"))


def standing_by_code(code: str) -> Standing:
    """The dossier with this code and where it stands; raises `NotFound` ``dossier_unknown``."""
    found = (
        Standing.objects.select_related(
            "dossier__edition", "dossier__filed_by", "dossier__extension", "agency__parent", "officer", "counter"
        )
        .defer("dossier__edition__definition")  # whoever needs it takes the compiled plan
        .filter(dossier__code=code.strip().upper()[:80])
        .first()
    )
    if found is None:
        raise NotFound("dossier_unknown")
    return found


def standing_of(dossier: Dossier) -> Standing:
    """Where a dossier that is at hand stands, and who holds it. One narrow query."""
    found = Standing.objects.select_related("officer").defer("tip").get(pk=dossier.pk)
    found.dossier = dossier
    return found


def at_desk(code: str, by: Actor) -> Standing:
    """The dossier with this code at the officer's own agency, or at one that it took over.

    Raises `NotFound` ``dossier_unknown``, also for a dossier of others.
    """
    found = standing_by_code(code.replace("\x00", ""))
    if by.agency not in {str(agency.id) for agency in heirs(found.agency)}:
        raise NotFound("dossier_unknown")
    return found


def taken_in_by(standing: Standing, by: Actor) -> bool:
    """Whether ``by`` sits at the reception that took the dossier in for the competent agency, or at its successor."""
    if standing.counter is None or by.kind != "officer" or "reception" not in by.roles:
        return False
    return by.agency in {str(agency.id) for agency in heirs(standing.counter)}


def open_supplement(dossier: Dossier) -> Supplement | None:
    """The request that the citizen has not answered yet; one query."""
    return Supplement.objects.filter(dossier=dossier, answered_at=None).first()


def mine(
    citizen: UUID | str, limit: int = 100, *, states: Collection[str] = (), before: datetime | None = None
) -> list[Standing]:
    """A citizen's dossiers (`of_citizen`), newest first; two queries. ``before``: filed earlier, the page's key."""
    found = Standing.objects.select_related("dossier", "dossier__edition", "agency").filter(of_citizen(citizen))
    found = found.defer("dossier__edition__definition", "dossier__answers")
    if states:
        found = found.filter(state__in=sorted(states))
    if before:
        found = found.filter(dossier__submitted_at__lt=before)
    return list(found.order_by("-dossier__submitted_at")[:limit])


def history(dossier: Dossier) -> list[Row]:
    """The facts of a dossier, oldest first: its timeline, its audit trail; one query."""
    return ledger.facts_of(dossier.stream)


def offered(standing: Standing, by: Actor) -> list[Offered]:
    """The moves of the machine from this state, each with the reason when it is not open to ``by``. No query."""
    definition = plan(standing.dossier.edition_id)
    found = []
    for row in MACHINE:
        if standing.state in row.sources and row.roles != frozenset({"system"}) and row.verb != "answer_opinion":
            found.append(Offered(row, _refusal(row, standing, by, definition)))
    return found


def exits(standing: Standing) -> dict[str, str]:
    """The actions of the step the dossier stands at, with where each leads; empty when no step holds it."""
    if standing.state not in {State.RECEIVED, State.PROCESSING, State.DECIDED}:
        return {}
    step = rules.step_of(plan(standing.dossier.edition_id).definition, standing.step)
    return {action: to if isinstance(to, str) else to.to for action, to in step.then.items()}


def _refusal(row: Move, standing: Standing, by: Actor, edition: Plan) -> Refused | None:
    try:
        MACHINE.check(row.verb, standing.state, by)
        if row.verb == "assign":
            rules.must_lead(by, standing.role)
        if row.verb in BY_HOLDER and standing.state != State.SUBMITTED:
            rules.must_hold(by, standing.role, str(standing.officer_id or ""))
            _must_fit_step(row.verb, rules.step_of(edition.definition, standing.step))
    except Refused as refusal:
        return refusal
    return None


def _must_fit_step(verb: str, step: Any) -> None:
    if verb == "decide" and step.does != "decide":
        raise Refused("not_the_deciding_step", step=step.name)
    if verb == "ask_supplement" and "ask_more" not in step.then:
        raise Refused("no_such_action", step=step.name, action="ask_more")
    if verb == "pass_on" and step.does == "decide" and "return" not in step.then:
        raise Refused("no_such_action", step=step.name, action="return")
    if verb == "hand_over" and step.does != "hand_over":
        raise Refused("not_at_hand_over_step", step=step.name)
    if verb == "pass_on" and step.does == "hand_over":
        raise Refused("not_a_step", action=verb)
    if verb == "do_task" and not step.tasks:
        raise Refused("no_such_action", step=step.name, action=verb)


def due_of(edition: Plan, channel: str, agency_code: str, received_at: datetime) -> deadlines.Due | None:
    """What the law promises for a file received then; None when it sets no limit or the limit could not be read."""
    offers = edition.definition.channels.get(channel, ())
    limit = next((offer.limit for offer in offers if offer.limit.known), None)
    if limit is None:
        return None
    return deadlines.due(received_at, term_of(limit), calendar_for(agency_code), cut_off_of(edition.definition.clock))


def quote(dossier: Dossier, agency: UUID | None) -> Quote:
    """What the pinned edition asks for this dossier, which need not be filed yet, at ``agency``; two queries where a
    council decides. Where the cases of a channel ask for different fees, nobody but an officer can tell which it is.
    """
    edition = plan(dossier.edition_id)
    offers = edition.definition.channels.get(dossier.channel, ())
    if len({offer.fees for offer in offers}) > 1:
        return Quote(unknown=(Unknown("", "cases_differ"),))
    asked = offers[0].fees if offers else ()
    if not asked:
        return Quote(unknown=(UNSAID,))
    on = local(dossier.submitted_at).date()
    council = council_fees(agency, edition.code, on) if agency and any(fee.decided_by for fee in asked) else {}
    return fees.quote(asked, council, edition.form_definition, dossier.answers, on=on)


def reused(dossier: Dossier) -> Sequence[Any]:
    """The papers that nobody had to bring, each with its source: the evidence of re-use. One query."""
    return list(dossier.papers.exclude(source="").order_by("added_at", "id"))


def papers_of(dossier: Dossier) -> Sequence[Any]:
    """The files of a dossier, as filed; one query."""
    return list(dossier.papers.select_related("file").order_by("added_at", "id"))
