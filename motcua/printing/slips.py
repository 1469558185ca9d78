"""Form 06, the control slip: a row for every time the file went from hand to hand, told by the facts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile, pairwise
from typing import Any

from motcua.base.ledger import Row
from motcua.base.money import money
from motcua.base.wires import provider
from motcua.base.worktime import local
from motcua.catalogue.definition import ROLES
from motcua.catalogue.queries import plan
from motcua.deadlines.queries import calendar_for
from motcua.deadlines.stretches import Stretch, Told
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import history
from motcua.printing.queries import hands_of, names_of
from motcua.printing.receipts import about, must_be_received
from motcua.printing.words import ENDS, PAUSES, RESUMES
from motcua.results.ports import Typesetter


def hand(step: str, name: str = "") -> dict[str, str]:
    """One side of a hand-over: the step, and the person or the role that holds it."""
    return {"step": step, "name": name}


APPLICANT = hand("Người nộp hồ sơ")


def control_slip(standing: Standing) -> bytes:
    """Form 06 with every hand-over so far. Raises `Refused` ``not_received_yet``; at most four queries."""
    must_be_received(standing)
    facts = history(standing.dossier)
    rows = [{"number": str(number), **row} for number, row in enumerate(slip_of(standing, facts), 1)]
    data = {**about(standing), "owner": standing.dossier.owner_name, "rows": rows}
    return provider(Typesetter).pdf("phieu-kiem-soat", data)


def slip_of(standing: Standing, facts: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows of the control slip, oldest first. Two queries: names of officers, the calendar of the office."""
    steps = {code: step.name for code, step in plan(standing.dossier.edition_id).steps.items()}
    told = hands_of(standing, facts, calendar_for(standing.agency.code), facts[-1].at)
    return list(Slip(steps, names_of(facts)).rows(told))


def outcome(at: datetime, due: datetime | None) -> str:
    """How a step ended: before the day it was due, on that day in time, or late; empty where nothing was due.

    Form 06 leaves this to the receiver of the file; counted from the facts, it cannot be embellished.
    """
    if due is None:
        return ""
    if at > due:
        return "Quá hạn"
    return "Trước hạn" if local(at).date() < local(due).date() else "Đúng hạn"


def note_of(fact: Told) -> str:
    """What stands beside a hand-over: what the applicant was asked for, what came back, why, or a colleague's note."""
    why = fact.data.get("note") or fact.data.get("reason") or ""
    if fact.name in RESUMES:
        return RESUMES[fact.name]
    if title := PAUSES.get(fact.name) or ENDS.get(fact.name):
        amount = f" {money(fact.data['amount_vnd'])}" if "amount_vnd" in fact.data else ""
        return f"{title}{amount}: {why}"
    return why


@dataclass(frozen=True)
class Slip:
    """The control slip of one dossier: what its steps and the officers in its facts are called."""

    steps: Mapping[str, str]
    names: Mapping[str, str]

    def rows(self, told: Sequence[Stretch]) -> Iterator[dict[str, Any]]:
        """A row for every stretch from the reception on, and one for the end."""
        for before, after in dropwhile(lambda pair: not pair[1].counted, pairwise(told)):
            ended = before.visit != after.visit and after.opened.name != "dossiers.received"
            yield self._row(after.opened, before, self._hand(after), ended)
        end = told[-1].closed if told else None
        if end is not None and end.name in ENDS:
            yield self._row(end, told[-1], hand("Kết thúc"), ended=False)
        elif end is not None:
            yield self._row(end, told[-1], hand("Người nhận kết quả"), ended=True)

    def _hand(self, stretch: Stretch) -> dict[str, str]:
        if stretch.waiting:
            return APPLICANT
        officer = self.names.get(stretch.officer, "") if stretch.officer else ""
        return hand(self._step(stretch), officer or ROLES.get(stretch.role, stretch.role))

    def _step(self, stretch: Stretch) -> str:
        return self.steps.get(stretch.step, stretch.step)

    def _row(self, fact: Told, before: Stretch, to: dict[str, str], ended: bool) -> dict[str, Any]:
        due = before.due_at if ended else None
        acting = hand(self._step(before), self.names.get(fact.actor, ""))
        return {
            "from": APPLICANT if fact.actor.startswith("citizen:") or fact.name in RESUMES else acting,
            "to": to,
            "at": f"{local(fact.at):%H:%M %d/%m/%Y}",
            "due": f"{local(due):%H:%M %d/%m/%Y}" if due else "",
            "outcome": outcome(fact.at, due),
            "note": note_of(fact),
        }
