"""Every write to an opinion. Each runs in the transaction of whoever holds the case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.base import ledger
from motcua.base.actor import Actor
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.text import clean
from motcua.deadlines.queries import calendar_for
from motcua.opinions.events import Answered, Asked, Withdrawn
from motcua.opinions.models import Opinion
from motcua.people.models import Agency

ANSWERERS = frozenset({"clerk", "head", "approver"})
LONGEST_HOURS = 2000  # a year of work
LONGEST_TEXT = 4000


@dataclass(frozen=True)
class Asking:
    """A question about ``reference``: to whom, from whom, what, and how many working ``hours`` there are to answer.

    ``opinion`` and ``title`` are those of the edition; an officer who asks on his own has no ``opinion``.
    """

    reference: str
    agency: Agency
    asked_by: UUID
    question: str
    hours: float
    title: str
    opinion: str = ""


def ask(asking: Asking, *, by: Actor, at: datetime) -> Opinion:
    """Ask another agency; its answer is due by its own calendar.

    Raises `Invalid` ``opinion_question_missing``, ``opinion_text_too_long``, ``opinion_hours_wrong``; `Refused`
    ``opinion_of_oneself``, ``opinion_asked_already``.
    """
    question = written(asking.question, "opinion_question_missing")
    if not 0 < asking.hours <= LONGEST_HOURS:
        raise Invalid("opinion_hours_wrong", limit=LONGEST_HOURS)
    if asking.agency.id == asking.asked_by:
        raise Refused("opinion_of_oneself", agency=asking.agency.name)
    same = Opinion.objects.filter(reference=asking.reference, agency=asking.agency, opinion=asking.opinion)
    if same.filter(answered_at=None, withdrawn_at=None).exists():
        raise Refused("opinion_asked_already", agency=asking.agency.name)
    opinion = Opinion.objects.create(
        reference=asking.reference,
        opinion=asking.opinion,
        title=asking.title,
        question=question,
        agency=asking.agency,
        asked_by_id=asking.asked_by,
        asked_at=at,
        due_at=calendar_for(asking.agency.code).add_working_minutes(at, round(asking.hours * 60)),
    )
    told = Asked(opinion.reference, str(opinion.agency_id), str(opinion.asked_by_id), opinion.due_at.isoformat())
    ledger.append(opinion.stream, [told], by=by, at=at, after=ledger.NOTHING)
    return opinion


def answer(opinion: UUID | str, agrees: bool, text: str, *, by: Actor, at: datetime) -> Opinion:
    """Answer in writing, once, by an officer of the agency that was asked; late answers count as late, and count.

    Raises `NotFound` ``opinion_unknown`` (also for another agency's), `Forbidden` ``wrong_role``, `Refused`
    ``opinion_closed``, `Invalid` ``opinion_answer_missing``.
    """
    said = written(text, "opinion_answer_missing")
    found = _locked(opinion)
    if str(found.agency_id) != by.agency:
        raise NotFound("opinion_unknown")
    by.must_have(ANSWERERS)
    _must_be_open(found)
    found.answered_at, found.agrees, found.answer, found.officer_id = at, agrees, said, UUID(by.id)
    found.save(update_fields=["answered_at", "agrees", "answer", "officer"])
    ledger.append(found.stream, [Answered(found.reference, str(found.agency_id), agrees)], by=by, at=at)
    return found


def withdraw(opinion: UUID | str, *, by: Actor, at: datetime) -> Opinion:
    """Take a question back, by who asked. Raises `NotFound` ``opinion_unknown``, `Refused` ``opinion_closed``."""
    found = _locked(opinion)
    if by.kind != "system" and str(found.asked_by_id) != by.agency:
        raise NotFound("opinion_unknown")
    _must_be_open(found)
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    ledger.append(found.stream, [Withdrawn(found.reference, str(found.agency_id))], by=by, at=at)
    return found


def written(text: str, missing: str) -> str:
    """The text as it is kept. Raises `Invalid` with the code ``missing``, or ``opinion_text_too_long``."""
    found = clean(text.replace("\x00", ""))
    if not found:
        raise Invalid(missing)
    if len(found) > LONGEST_TEXT:
        raise Invalid("opinion_text_too_long", limit=LONGEST_TEXT)
    return found


def _locked(opinion: UUID | str) -> Opinion:
    found = Opinion.objects.select_related("agency").select_for_update(of=("self",)).filter(pk=opinion).first()
    if found is None:
        raise NotFound("opinion_unknown")
    return found


def _must_be_open(opinion: Opinion) -> None:
    if opinion.answered_at or opinion.withdrawn_at:
        raise Refused("opinion_closed", agency=opinion.agency.name)
