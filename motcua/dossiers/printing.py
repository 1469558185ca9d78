"""What the desk prints about a dossier, as PDF: form 01 (receipt and appointment), form 06 (control slip). Reads only.

Source of both forms: Thông tư 03/2025/TT-VPCP. Nothing is entered by hand: every line follows from what was filed and
from the facts of the dossier.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings

from motcua.base.errors import Refused
from motcua.base.ledger import Row
from motcua.base.money import money
from motcua.base.wires import provider
from motcua.base.worktime import Calendar, local
from motcua.catalogue.definition import ROLES, Definition
from motcua.catalogue.queries import plan
from motcua.deadlines import counting as deadlines
from motcua.deadlines.queries import calendar_for
from motcua.deadlines.words import explain, moment_words, term_words
from motcua.dossiers.actions.intake import due_of
from motcua.dossiers.models import RETURNS, Dossier, Standing
from motcua.dossiers.queries import history, papers_of
from motcua.dossiers.rules import first_step, step_of
from motcua.people.models import Officer
from motcua.results.letterhead import heading
from motcua.results.ports import Typesetter

PAUSES = {"dossiers.supplement_asked": "Yêu cầu bổ sung", "dossiers.payment_asked": "Yêu cầu nộp phí, lệ phí"}
RESUMES = {"dossiers.supplemented": "Đã bổ sung", "dossiers.payment_confirmed": "Đã nộp phí, lệ phí"}
ENDS = {"dossiers.stopped": "Dừng xử lý", "dossiers.withdrawn": "Người nộp rút hồ sơ"}


def hand(step: str, name: str = "") -> dict[str, str]:
    """One side of a hand-over: the step, and the person or the role that holds it."""
    return {"step": step, "name": name}


APPLICANT = hand("Người nộp hồ sơ")


def receipt(standing: Standing) -> bytes:
    """Form 01 for a dossier that was received. Raises `Refused` ``not_received_yet``; at most seven queries."""
    dossier, facts = standing.dossier, history(standing.dossier)
    received_at = must_be_received(standing)
    definition = plan(dossier.edition_id).definition
    due = due_of(plan(dossier.edition_id), dossier.channel, standing.agency.code, received_at)
    received = next(fact for fact in facts if fact.name == "dossiers.received")
    data = {
        **about(standing),
        **submitter(dossier),
        "papers": papers_told(definition, dossier),
        "sets": "01 bộ",
        "limit": limit_told(definition, dossier.channel, due),
        "explanation": explanation(standing, facts, due),
        "return_by": RETURNS[dossier.return_by],
        "register": "Sổ theo dõi hồ sơ điện tử, số thứ tự theo mã hồ sơ",
        "received_by": names_of(facts).get(received.actor, ""),
    }
    return provider(Typesetter).pdf("giay-tiep-nhan", data)


def control_slip(standing: Standing) -> bytes:
    """Form 06 with every hand-over so far. Raises `Refused` ``not_received_yet``; at most four queries."""
    must_be_received(standing)
    facts = history(standing.dossier)
    definition = plan(standing.dossier.edition_id).definition
    slip = Slip(definition, calendar_for(standing.agency.code), names_of(facts))
    rows = [{"number": str(number), **row} for number, row in enumerate(slip.rows(facts), 1)]
    data = {**about(standing), "owner": standing.dossier.owner_name, "rows": rows}
    return provider(Typesetter).pdf("phieu-kiem-soat", data)


def must_be_received(standing: Standing) -> datetime:
    """When it was received; raises `Refused` ``not_received_yet``: no paper may say so before."""
    if standing.received_at is None:
        raise Refused("not_received_yet")
    return standing.received_at


def about(standing: Standing) -> dict[str, Any]:
    """What every paper about a dossier says: whose it is, which one, and when it was received and is due."""
    dossier, received_at = standing.dossier, must_be_received(standing)
    return {
        **heading(standing.agency, received_at),
        "dossier": dossier.code,
        "procedure": plan(dossier.edition_id).definition.name.vi,
        "received": moment_words(received_at.isoformat(), "vi"),
        "due": moment_words(standing.due_at.isoformat(), "vi") if standing.due_at else "",
        "track_url": f"{settings.SITE_ADDRESS}/tra-cuu/?ma={quote(dossier.code)}",
    }


def submitter(dossier: Dossier) -> dict[str, str]:
    """Who stood at the door, and for whom if for another; a filing at the counter knows the owner alone."""
    person = dossier.filed_by
    if person is None:
        known = (dossier.owner_name, dossier.owner_identity, dossier.owner_phone)
        return dict(zip(("submitter", "identity_number", "phone"), known, strict=True))
    represented = {"owner": dossier.owner_name, "basis": dossier.on_behalf_of.get("basis", "")}
    return {
        "submitter": person.full_name,
        "identity_number": person.identity_number or "",
        "address_of_submitter": person.address,
        "phone": person.phone,
        "email": person.email,
        **(represented if dossier.on_behalf_of else {}),
    }


def papers_told(definition: Definition, dossier: Dossier) -> list[str]:
    """The papers that were filed, each with how many files, in the order of the edition; empty when none was."""
    counted = Counter(each.paper for each in papers_of(dossier))
    names = {paper.code: paper.name for paper in definition.papers} | {"khac": "Giấy tờ khác"}
    return [f"{name} ({counted[code]} tệp)" for code, name in names.items() if counted[code]]


def limit_told(definition: Definition, channel: str, due: deadlines.Due | None) -> str:
    """The time the law gives in words; the original wording where it could not be read."""
    if due is not None:
        term = next(note for note in due.explanation if note["kind"] == "term")
        return term_words(term, "vi").removeprefix("thời hạn ")
    return next((offer.limit.text for offer in definition.channels.get(channel, ()) if offer.limit.text), "")


def explanation(standing: Standing, facts: Sequence[Row], due: deadlines.Due | None) -> str:
    """How the appointment was counted, with every wait; empty where it does not lead to the date promised."""
    office, paused_at = calendar_for(standing.agency.code), None
    for fact in facts:
        if fact.name == "dossiers.extended":
            before = moment_words(fact.data["before"], "vi")
            return f"Cơ quan đã xin lỗi và hẹn lại, lần hẹn trước là {before}. Lý do: {fact.data['reason']}"
        if fact.name in PAUSES and fact.at >= must_be_received(standing):
            paused_at = fact.at
        elif fact.name in RESUMES and paused_at and due:
            due, paused_at = deadlines.with_pause(due, paused_at, fact.at, office), None
    return explain(due.explanation) if due and due.at == standing.due_at else ""


def names_of(facts: Sequence[Row]) -> dict[str, str]:
    """Names of the officers in the facts, by ``"officer:<id>"``; one query."""
    acting = {fact.actor.partition(":")[2] for fact in facts if fact.actor.startswith("officer:")}
    assigned = {fact.data["officer"] for fact in facts if fact.name == "dossiers.assigned"}
    found = Officer.objects.filter(id__in=acting | assigned).values_list("id", "full_name")
    return {f"officer:{officer}": name for officer, name in found} | {"system": "Hệ thống"}


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
