"""Every write to an opinion: asked by who holds the step, several at once, each with a clock of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max

from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.text import clean
from motcua.base.worktime import local
from motcua.catalogue.definition import Opinion as Foreseen
from motcua.deadlines.queries import calendar_for
from motcua.dossiers import rules
from motcua.dossiers.actions.moving import Moving, begin, locked
from motcua.dossiers.models import Standing
from motcua.dossiers.states import MACHINE
from motcua.opinions.events import Answered, Asked, Withdrawn
from motcua.opinions.models import Opinion
from motcua.people.models import Agency
from motcua.people.queries import resolve

__all__ = ["answer_opinion", "ask_opinion", "withdraw_opinion"]
LONGEST_HOURS = 2000  # a year of work
LONGEST_TEXT = 4000


@dataclass(frozen=True)
class Question:
    """What is asked: ``text``; ``opinion`` names one that the step foresees, with its agency and hours unless others are
    given; ``agency`` is a code, ``hours`` are working hours."""

    text: str
    opinion: str = ""
    agency: str = ""
    hours: float | None = None


def ask_opinion(
    dossier: UUID | str, question: Question, *, by: Actor, at: datetime, seen: int | None = None
) -> Standing:
    """Ask another agency. Effects: an opinion, due by that agency's calendar, which holds the step until then.

    Raises `Refused` ``opinion_unknown_here``, ``opinion_of_oneself``, ``opinion_asked_already``; `Invalid`
    ``opinion_question_missing``, ``opinion_text_too_long``, ``opinion_agency_missing``, ``opinion_hours_missing``,
    ``opinion_hours_wrong``; and as `resolve`.
    """
    with transaction.atomic():
        moving = _held(dossier, "ask_opinion", by, at, seen)
        text = written(question.text, "opinion_question_missing")
        foreseen = _foreseen(moving, question.opinion)
        agency, hours = _asked_agency(moving, question, foreseen), _hours(question, foreseen)
        opinion = Opinion.objects.create(
            dossier=moving.dossier,
            opinion=foreseen.opinion if foreseen else "",
            title=foreseen.name if foreseen else moving.plan.definition.name.vi,
            question=text,
            agency=agency,
            asked_by=moving.standing.agency,
            asked_at=at,
            due_at=calendar_for(agency.code).add_working_minutes(at, max(1, round(hours * 60))),
        )
        told = Asked(str(opinion.id), str(agency.id), agency.name, opinion.title, opinion.due_at.isoformat())
        return moving.record(told, **_counted(moving.standing))


def answer_opinion(
    dossier: UUID | str, opinion: UUID | str, agrees: bool, answer: str, *, by: Actor, at: datetime
) -> Standing:
    """Answer in writing, once, what the actor's agency was asked; that is all it may do to somebody else's dossier.

    A late answer counts as late, and counts. Raises `NotFound` ``opinion_unknown`` for anybody else, `Forbidden`
    ``wrong_role``, `Refused` ``opinion_closed``, `Invalid` ``opinion_answer_missing``.
    """
    with transaction.atomic():
        standing, asked = locked(dossier), _locked(opinion, dossier)
        if standing is None or str(asked.agency_id) != by.agency:
            raise NotFound("opinion_unknown")
        moving = Moving(standing, MACHINE.check("answer_opinion", standing.state, by), by, at)
        _must_be_open(asked)
        said = written(answer, "opinion_answer_missing")
        asked.answered_at, asked.agrees, asked.answer, asked.officer_id = at, agrees, said, UUID(by.id)
        asked.save(update_fields=["answered_at", "agrees", "answer", "officer"])
        told = Answered(str(asked.id), str(asked.agency_id), asked.agency.name, agrees, asked.late(at))
        voice = "opinions_agreed" if agrees else "opinions_against"
        return moving.record(told, **_counted(standing), **{voice: getattr(standing, voice) + 1})


def withdraw_opinion(
    dossier: UUID | str, opinion: UUID | str, reason: str, *, by: Actor, at: datetime, seen: int | None = None
) -> Standing:
    """Take a question back, with the reason, by who holds the step. Raises `NotFound`, `Refused` as `answer_opinion`."""
    with transaction.atomic():
        moving, asked = _held(dossier, "withdraw_opinion", by, at, seen), _locked(opinion, dossier)
        _must_be_open(asked)
        asked.withdrawn_at, why = at, rules.reason(reason)
        asked.save(update_fields=["withdrawn_at"])
        told = Withdrawn(str(asked.id), str(asked.agency_id), asked.agency.name, why)
        return moving.record(told, **_counted(moving.standing))


def drop_open(dossier: UUID | str, *, at: datetime) -> None:
    """Nobody needs to answer any more: the dossier ended without a decision, as its own fact says."""
    Opinion.objects.filter(dossier=dossier, answered_at=None, withdrawn_at=None).update(withdrawn_at=at)


def written(text: str, missing: str) -> str:
    """The text as it is kept. Raises `Invalid` with the code ``missing``, or ``opinion_text_too_long``."""
    found = clean(text.replace("\x00", ""))
    if not found:
        raise Invalid(missing)
    if len(found) > LONGEST_TEXT:
        raise Invalid("opinion_text_too_long", limit=LONGEST_TEXT)
    return found


def _held(dossier: UUID | str, verb: str, by: Actor, at: datetime, seen: int | None) -> Moving:
    moving = begin(dossier, verb, by=by, at=at, seen=seen)
    rules.must_hold(by, moving.standing.role, str(moving.standing.officer_id or ""))
    return moving


def _locked(opinion: UUID | str, dossier: UUID | str) -> Opinion:
    found = Opinion.objects.select_related("agency").select_for_update(of=("self",))
    one = found.filter(pk=opinion, dossier=dossier).first()
    if one is None:
        raise NotFound("opinion_unknown")
    return one


def _must_be_open(opinion: Opinion) -> None:
    if opinion.answered_at or opinion.withdrawn_at:
        raise Refused("opinion_closed", agency=opinion.agency.name)


def _foreseen(moving: Moving, name: str) -> Foreseen | None:
    if not name:
        return None
    step = rules.step_of(moving.plan.definition, moving.standing.step)
    for each in step.opinions:
        if each.opinion == name:
            return each
    raise Refused("opinion_unknown_here", step=step.name, opinion=name)


def _asked_agency(moving: Moving, question: Question, foreseen: Foreseen | None) -> Agency:
    code = question.agency or (foreseen.agency if foreseen else "")
    if not code:
        raise Invalid("opinion_agency_missing")
    agency = resolve(code, on=local(moving.at).date())
    if agency.id == moving.standing.agency_id:
        raise Refused("opinion_of_oneself", agency=agency.name)
    same = Opinion.objects.filter(dossier=moving.dossier, agency=agency, opinion=question.opinion)
    if same.filter(answered_at=None, withdrawn_at=None).exists():
        raise Refused("opinion_asked_already", agency=agency.name)
    return agency


def _hours(question: Question, foreseen: Foreseen | None) -> float:
    hours = question.hours if question.hours is not None or foreseen is None else foreseen.hours
    if hours is None:
        raise Invalid("opinion_hours_missing")
    if not 0 < hours <= LONGEST_HOURS:
        raise Invalid("opinion_hours_wrong", limit=LONGEST_HOURS)
    return hours


def _counted(standing: Standing) -> dict[str, Any]:
    """What the standing says of the opinions: how many are open, and until when the last of them holds the step."""
    still = Opinion.objects.filter(dossier=standing.dossier_id, answered_at=None, withdrawn_at=None)
    found = still.aggregate(open=Count("id"), until=Max("due_at"))
    return {"opinions_open": found["open"], "opinions_until": found["until"]}
