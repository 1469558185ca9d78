"""Forms 02 to 05: what the agency writes to the person, each from the fact that made it; as often as it is printed, the
same.

Source: Thông tư 03/2025/TT-VPCP, Phụ lục I (02 supplement, 03 refusal to receive, 04 apology and new appointment, 05
stop); Nghị định 118/2025/NĐ-CP Điều 17 and 21. What a letter says are the words of the fact, never those of today.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.base.errors import NotFound
from motcua.base.ledger import Row
from motcua.base.wires import provider
from motcua.base.worktime import local
from motcua.catalogue.queries import plan
from motcua.deadlines.words import moment_words
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import history
from motcua.people.models import Agency
from motcua.printing.queries import names_of
from motcua.printing.receipts import submitter, track_url
from motcua.results.letterhead import heading
from motcua.results.ports import Typesetter

# the fact → the form, and its template
FORMS = {
    "dossiers.supplement_asked": ("02", "bo-sung"),
    "dossiers.refused_to_receive": ("03", "tu-choi-tiep-nhan"),
    "dossiers.extended": ("04", "xin-loi"),
    "dossiers.stopped": ("05", "dung-giai-quyet"),
}
LETTERS = frozenset(form for form, _template in FORMS.values())


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that a fact made; ``number`` is empty in lives that were brought in, and a line to write on then."""

    form: str
    number: str
    fact: Row


def letters_in(facts: Sequence[Row]) -> list[Letter]:
    """The letters that these facts made, oldest first."""
    return [Letter(FORMS[fact.name][0], fact.data.get("number", ""), fact) for fact in facts if fact.name in FORMS]


def letter(standing: Standing, form: str, seq: int | None = None) -> bytes:
    """The letter ``form`` ("02" to "05") as PDF: of the fact ``seq``, else the last of that form.

    At most three queries once the dossier is loaded. Raises `NotFound` ``letter_unknown`` when no fact made one.
    """
    facts = history(standing.dossier)
    found = [each for each in letters_in(facts) if each.form == form and seq in {None, each.fact.seq}]
    if not found:
        raise NotFound("letter_unknown", form=form)
    data = content(standing, found[-1], names_of([found[-1].fact]))
    return provider(Typesetter).pdf(FORMS[found[-1].fact.name][1], data)


def content(standing: Standing, written: Letter, names: dict[str, str]) -> dict[str, Any]:
    """What the template is filled with; ``names`` are those of `names_of`."""
    dossier, fact = standing.dossier, written.fact
    definition, agency = plan(dossier.edition_id).definition, agency_at(standing, fact)
    person = submitter(dossier)
    return {
        **heading(agency, fact.at),
        **person,
        **details(fact, {paper.code: paper.name for paper in definition.papers} | {"khac": "Giấy tờ khác"}),
        "number": written.number,
        "dossier": dossier.code,
        "procedure": definition.name.vi,
        "holder": person["submitter"],
        "submitted": moment_words(dossier.submitted_at.isoformat(), "vi"),
        "received": received_before(standing, fact),
        "reason": fact.data["reason"],
        "decided_by": names.get(fact.actor, "") if fact.actor.startswith("officer:") else "",
        "office_address": agency.address,
        "office_phone": agency.phone,
        "track_url": track_url(dossier.code),
    }


def details(fact: Row, papers: dict[str, str]) -> dict[str, Any]:
    """What only this kind of letter tells: the papers and until when, or the appointments before and after."""
    data = fact.data
    if fact.name == "dossiers.supplement_asked":
        answer_by = date.fromisoformat(data["answer_by"])
        return {"papers": [papers.get(code, code) for code in data["papers"]], "answer_by": f"{answer_by:%d/%m/%Y}"}
    if fact.name == "dossiers.extended":
        return {"before": moment_words(data["before"], "vi"), "due": moment_words(data["due_at"], "vi")}
    return {}


def received_before(standing: Standing, fact: Row) -> str:
    """When the dossier was received, in words; empty when the letter was written before that."""
    received_at = standing.received_at
    return moment_words(received_at.isoformat(), "vi") if received_at and received_at <= fact.at else ""


def agency_at(standing: Standing, fact: Row) -> Agency:
    """The agency that wrote: the one in the fact, also when the dossier has moved to another since."""
    if fact.data["agency"] == str(standing.agency_id):
        return standing.agency
    return Agency.objects.select_related("parent").get(pk=fact.data["agency"])


def day_of(written: Letter) -> str:
    """The local day of the letter, as people write it."""
    return f"{local(written.fact.at):%d/%m/%Y}"
