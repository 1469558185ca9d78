"""Form 06, the control slip: a row for every time the file went from hand to hand, told by the facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.base.ledger import Row
from motcua.base.money import money
from motcua.base.wires import provider
from motcua.base.worktime import Calendar, local
from motcua.catalogue.definition import ROLES, Definition
from motcua.catalogue.queries import plan
from motcua.deadlines import counting as deadlines
from motcua.deadlines.queries import calendar_for
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import history
from motcua.dossiers.rules import first_step, step_of
from motcua.printing.queries import names_of
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
    definition = plan(standing.dossier.edition_id).definition
    slip = Slip(definition, calendar_for(standing.agency.code), names_of(facts))
    rows = [{"number": str(number), **row} for number, row in enumerate(slip.rows(facts), 1)]
    data = {**about(standing), "owner": standing.dossier.owner_name, "rows": rows}
    return provider(Typesetter).pdf("phieu-kiem-soat", data)


def outcome(at: datetime, due: datetime | None) -> str:
    """How a step ended: before the day it was due, on that day in time, or late; empty where nothing was due.

    Form 06 leaves this to the receiver of the file; counted from the facts, it cannot be embellished.
    """
    if due is None:
        return ""
    if at > due:
        return "Quá hạn"
    return "Trước hạn" if local(at).date() < local(due).date() else "Đúng hạn"


def asked(fact: Row) -> str:
    """What the applicant was asked for while the clock stands still."""
    amount = f" {money(fact.data['amount_vnd'])}" if "amount_vnd" in fact.data else ""
    return f"{PAUSES[fact.name]}{amount}: {fact.data['reason']}"


@dataclass
class Slip:
    """The control slip being told: at which step the file is, who holds it, and when that is due, as the facts go by."""

    definition: Definition
    office: Calendar
    names: dict[str, str]
    step: str = ""
    holder: str = ""
    due: datetime | None = None
    paused_at: datetime | None = None

    def rows(self, facts: Sequence[Row]) -> Iterator[dict[str, Any]]:
        """A row for every fact that put the file into other hands, oldest first."""
        self.step = first_step(self.definition).name
        for fact in facts:
            if fact.name in {"dossiers.received", "dossiers.passed_on", "dossiers.decided"}:
                yield self._forward(fact)
            elif fact.name == "dossiers.assigned":
                self.holder = self.names.get(f"officer:{fact.data['officer']}", "")
                yield self._row(fact, self._here())
            elif fact.name in PAUSES:
                self.paused_at = fact.at
                yield self._row(fact, APPLICANT, asked(fact))
            elif fact.name in RESUMES:
                if self.due and self.paused_at:
                    self.due = deadlines.due_after_pause(self.due, self.paused_at, fact.at, self.office)
                yield self._row(fact, self._here(), RESUMES[fact.name]) | {"from": APPLICANT}
            elif fact.name == "dossiers.handed_over":
                yield self._row(fact, hand("Người nhận kết quả"), ended=True)
            elif fact.name in ENDS:
                yield self._row(fact, hand("Kết thúc"), f"{ENDS[fact.name]}: {fact.data['reason']}")

    def _forward(self, fact: Row) -> dict[str, Any]:
        step = step_of(self.definition, fact.data["step"])
        role = ROLES.get(step.role, step.role)
        note = fact.data.get("note") or fact.data.get("reason") or ""
        row = self._row(fact, hand(step.name, role), note, ended=fact.name != "dossiers.received")
        self.step, self.holder = step.name, role
        self.due = self.office.add_working_minutes(fact.at, round(step.hours * 60))
        return row

    def _here(self) -> dict[str, str]:
        return hand(self.step, self.holder)

    def _row(self, fact: Row, to: dict[str, str], note: str = "", ended: bool = False) -> dict[str, Any]:
        acting = hand(self.step, self.names.get(fact.actor, ""))
        return {
            "from": APPLICANT if fact.actor.startswith("citizen:") else acting,
            "to": to,
            "at": f"{local(fact.at):%H:%M %d/%m/%Y}",
            "due": f"{local(self.due):%H:%M %d/%m/%Y}" if ended and self.due else "",
            "outcome": outcome(fact.at, self.due) if ended else "",
            "note": note,
        }
