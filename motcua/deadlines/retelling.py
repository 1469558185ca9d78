"""How an appointment came to be what it is: the first promise and all that moved it since, told by the facts. Pure.

Facts are taken by shape (name, data, at), as in ``stretches``. What is told here is told to the citizen: every wait,
a new beginning with the full dossier, an apology with its new appointment, another agency that took over.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from motcua.base.worktime import Calendar
from motcua.deadlines.counting import Due, Note, stamp, with_pause
from motcua.deadlines.stretches import WAITING, Told

ASKS = {"dossiers.supplement_asked", "dossiers.payment_asked"}
ANSWERS = {"dossiers.supplemented", "dossiers.payment_confirmed"}


def retold(
    facts: Iterable[Told], first: Due, office: Calendar, again: Callable[[datetime], Due | None] | None = None
) -> Due:
    """The appointment ``first`` (made at reception) as the facts since then moved it, with their reasons.

    ``again`` counts anew from a moment, where the edition begins the clock again with the full dossier; None where the
    clock goes on. An apology gives the appointment that its fact tells.
    """
    found, received, waiting = first, False, None
    for fact in facts:
        received = received or fact.name == "dossiers.received"
        if not received:
            continue
        if fact.name in ASKS:
            waiting = fact
        elif fact.name in ANSWERS and waiting is not None:
            found, waiting = _answered(found, waiting, fact, office, again), None
        elif fact.name == "dossiers.extended":
            found = _extended(found, fact)
        elif fact.name == "dossiers.left_agency":
            found = noted(found, {"kind": "handed_to", "at": stamp(fact.at), "name": fact.data["receiver_name"]})
    return found


def noted(due: Due, note: Note) -> Due:
    """The same appointment with one reason more, told before its date."""
    *reasons, last = due.explanation
    return replace(due, explanation=(*reasons, note, last))


def _answered(
    found: Due, asked: Told, fact: Told, office: Calendar, again: Callable[[datetime], Due | None] | None
) -> Due:
    """What an answer does: the clock goes on and the wait is added, or it begins again."""
    if fact.name == "dossiers.supplemented" and again is not None:
        anew = again(fact.at)
        return found if anew is None else _restarted(found, anew)
    return with_pause(found, asked.at, fact.at, office, WAITING.get(asked.data.get("to", ""), "supplement"))


def _restarted(before: Due, anew: Due) -> Due:
    filed, (full, *rest) = before.explanation[0], anew.explanation
    return replace(anew, explanation=({**full, "kind": "completed", "filed": filed.get("filed", filed["at"])}, *rest))


def _extended(before: Due, fact: Told) -> Due:
    """An apology moves the appointment to the date it names. Where the date before is another than was counted here
    (an officer of another system had set it), only the apology is told: reasons must lead to their date."""
    said, at = datetime.fromisoformat(fact.data["before"]), datetime.fromisoformat(fact.data["due_at"])
    *reasons, _ = before.explanation if said == before.at else (before.explanation[0], {})
    note = {"kind": "extended", "before": stamp(said), "reason": fact.data["reason"]}
    return Due(at, before.starts, (*reasons, note, {"kind": "due", "at": stamp(at)}))
