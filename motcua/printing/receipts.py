"""Form 01, receipt of a dossier and appointment for its result; and what every printed form says of a dossier."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from django.conf import settings

from motcua.base.errors import Refused
from motcua.base.ledger import Row
from motcua.base.wires import provider
from motcua.catalogue.definition import Definition
from motcua.catalogue.queries import plan
from motcua.deadlines import counting as deadlines
from motcua.deadlines.queries import calendar_for
from motcua.deadlines.retelling import retold
from motcua.deadlines.words import explain, moment_words, term_words
from motcua.desks.models import PaperCount
from motcua.desks.queries import counts_of
from motcua.dossiers.models import RETURNS, Dossier, Standing
from motcua.dossiers.queries import due_of, history, papers_of
from motcua.printing.queries import names_of
from motcua.results.letterhead import heading
from motcua.results.ports import Typesetter


def receipt(standing: Standing) -> bytes:
    """Form 01 for a dossier that was received. Raises `Refused` ``not_received_yet``; at most eight queries."""
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
        "explanation": explained(standing, facts, first=due),
        "return_by": RETURNS[dossier.return_by],
        "register": "Sổ theo dõi hồ sơ điện tử, số thứ tự theo mã hồ sơ",
        "received_by": names_of(facts).get(received.actor, ""),
    }
    return provider(Typesetter).pdf("giay-tiep-nhan", data)


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
        "track_url": track_url(dossier.code),
    }


def track_url(code: str) -> str:
    """Where anybody who has the code sees how far the dossier is: what the QR code of every form holds."""
    return f"{settings.SITE_ADDRESS}/tra-cuu/?ma={quote(code)}"


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
    """The papers that were filed, each with what was counted at the counter and how many files, in the order of the
    edition; empty when none was."""
    filed = papers_of(dossier)
    files = Counter(each.paper for each in filed if not each.source)
    had = Counter(each.paper for each in filed if each.source)
    counts = {each.paper: count_told(each) for each in counts_of(dossier.id)}
    names = {paper.code: paper.name for paper in definition.papers} | {"khac": "Giấy tờ khác"}
    told = {code: [counts[code]] if counts.get(code) else [] for code in names}
    for code, words in told.items():
        words += [f"{files[code]} tệp"] if files[code] else []
        words += [f"{had[code]} tái sử dụng từ kho dữ liệu"] if had[code] else []
    return [f"{names[code]} ({', '.join(words)})" for code, words in told.items() if words]


def count_told(count: PaperCount) -> str:
    """``"1 bản chính, 2 bản sao, 5 trang"``, as form 01 says it; papers only shown say so (TT 03/2025 Điều 5)."""
    parts = ((count.originals, "bản chính"), (count.copies, "bản sao"), (count.pages, "trang"))
    told = [f"{number} {word}" for number, word in parts if number]
    return ", ".join([*told, *(["chỉ xuất trình, không lưu"] if count.shown else [])])


def limit_told(definition: Definition, channel: str, due: deadlines.Due | None) -> str:
    """The time the law gives in words; the original wording where it could not be read."""
    if due is not None:
        term = next(note for note in due.explanation if note["kind"] == "term")
        return term_words(term, "vi").removeprefix("thời hạn ")
    return next((offer.limit.text for offer in definition.channels.get(channel, ()) if offer.limit.text), "")


def explained(
    standing: Standing, facts: Sequence[Row], language: str = "vi", first: deadlines.Due | None = None
) -> str:
    """How the appointment was counted, with all that moved it; empty where that does not lead to the date promised.

    ``first`` is the promise at reception where it is at hand. One query for the calendar, one more without ``first``.
    """
    if standing.received_at is None:
        return ""
    edition, office = plan(standing.dossier.edition_id), calendar_for(standing.agency.code)
    count = partial(due_of, edition, standing.dossier.channel, standing.agency.code)
    first, restarts = first or count(standing.received_at), edition.definition.clock.after_supplement == "restart"
    if first is None:
        return ""
    due = retold(facts, first, office, count if restarts else None)
    return explain(due.explanation, language) if due.at == standing.due_at else ""
