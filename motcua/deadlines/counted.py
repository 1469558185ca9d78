"""Whether a dossier was on time, as the national portal counts it for the index of Quyết định 766/QĐ-TTg (2.1). Pure.

The rules, as its published scoring describes them:
1. on time when it ended not later than the appointment (NgayKetThucXuLy ≤ NgayHenTra);
2. it ended when it was decided, else handed over, else stopped or refused; a withdrawal counts only once received;
3. without an end, the end of the period stands for it;
4. while a supplement is awaited, the moment of the request stands for the end; a second request makes it late;
5. the time from a request to its answer is not counted;
6. without an appointment, the longest time of the law counts from reception.

What was promised after a supplement already holds the wait, so rule 5 moves only what rule 6 computes. Where neither
an appointment nor a time of the law is known, the dossier is not counted: that is not the same as on time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.base.worktime import Calendar
from motcua.deadlines.counting import Term, due, due_after_pause
from motcua.deadlines.stretches import Told

ENDS = (  # rule 2: the first of these that there is
    {"dossiers.decided"},
    {"dossiers.handed_over"},
    {"dossiers.stopped", "dossiers.refused_to_receive", "dossiers.withdrawn"},
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a dossier counts: ``outcome`` on_time, late, open_in_time, open_late or not_counted; ``because`` which rule.

    ``end`` is the moment that was compared, ``by`` the last part of the name of the fact that gave it ("period": none
    did), ``due`` what it was compared with.
    """

    outcome: str
    because: str
    end: datetime | None = None
    by: str = ""
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """What a dossier without an appointment is held to: the times of the law of its channel, the office's calendar."""

    terms: Sequence[Term]
    office: Calendar


def counted(facts: Iterable[Told], law: Law, until: datetime) -> Verdict:
    """How the State counts this dossier at the end of a period (``until``); what happened later is not yet known."""
    known = [fact for fact in facts if fact.at <= until]
    received = next((fact for fact in known if fact.name == "dossiers.received"), None)
    if received is None:
        return Verdict("not_counted", "not_received")
    ended = _ended(known)
    end, by = (ended.at, _short(ended)) if ended else _open_end(known, until)
    promised = _promised(known)
    limit = promised or _limit(known, received.at, law, end)
    if sum(fact.name == "dossiers.supplement_asked" for fact in known) > 1:
        return Verdict("late" if ended else "open_late", "second_supplement", end, by, limit)
    if limit is None:
        return Verdict("not_counted", "no_limit", end, by)
    outcome = ("on_time" if ended else "open_in_time") if end <= limit else ("late" if ended else "open_late")
    return Verdict(outcome, "appointment" if promised else "law", end, by, limit)


def _ended(known: Sequence[Told]) -> Told | None:
    """Rule 2: the end, by what it is and not by which came first."""
    for names in ENDS:
        if found := next((fact for fact in known if fact.name in names), None):
            return found
    return None


def _open_end(known: Sequence[Told], until: datetime) -> tuple[datetime, str]:
    """Rules 3 and 4: what stands for the end of a dossier that has none."""
    asked = [fact for fact in known if fact.name == "dossiers.supplement_asked"]
    answered = [fact for fact in known if fact.name == "dossiers.supplemented"]
    if len(asked) > len(answered):
        return asked[-1].at, "supplement_asked"
    return until, "period"


def _promised(known: Sequence[Told]) -> datetime | None:
    """The appointment in force: the last that a fact of reception or later told."""
    told = [fact.data["due_at"] for fact in known if _tells_appointment(fact)]
    return datetime.fromisoformat(told[-1]) if told and told[-1] else None


def _tells_appointment(fact: Told) -> bool:
    if fact.name in {"dossiers.received", "dossiers.extended"}:
        return True
    return fact.name in {"dossiers.supplemented", "dossiers.payment_confirmed"} and bool(fact.data.get("due_at"))


def _limit(known: Sequence[Told], received_at: datetime, law: Law, end: datetime) -> datetime | None:
    """Rules 5 and 6: the longest time of the law from reception, later by every wait for a supplement."""
    dues = [found.at for term in law.terms if (found := due(received_at, term, law.office))]
    limit, since = max(dues, default=None), None
    for fact in known:
        if fact.name == "dossiers.supplement_asked" and fact.at >= received_at:
            since = fact.at
        elif fact.name == "dossiers.supplemented" and since and limit:
            limit, since = due_after_pause(limit, since, min(fact.at, end), law.office), None
    return limit


def _short(fact: Told) -> str:
    return fact.name.partition(".")[2]
