"""The declaration of a dossier as a sheet to read and keep: the answers as they stand now, section by section."""

from typing import Any

from motcua.base.wires import provider
from motcua.catalogue.queries import Plan, plan
from motcua.corrections.queries import corrected_at
from motcua.deadlines.words import moment_words
from motcua.dossiers.models import Standing
from motcua.forms import visible
from motcua.printing.receipts import submitter, track_url
from motcua.results.ports import Typesetter
from motcua.results.subscribers import answer_rows


def declaration(standing: Standing) -> bytes:
    """The answers as PDF. At most two queries once the dossier is loaded."""
    dossier, edition = standing.dossier, plan(standing.dossier.edition_id)
    corrected = corrected_at(dossier)
    data = {
        **submitter(dossier),
        "agency": standing.agency.name,
        "dossier": dossier.code,
        "procedure": edition.definition.name.vi,
        "title": edition.form_definition.get("title", ""),
        "submitted": moment_words(dossier.submitted_at.isoformat(), "vi"),
        "corrected": moment_words(corrected.isoformat(), "vi") if corrected else "",
        "parts": parts(edition, dossier.answers),
        "issued_at": (corrected or dossier.submitted_at).isoformat(),
        "track_url": track_url(dossier.code),
    }
    return provider(Typesetter).pdf("to-khai", data)


def parts(edition: Plan, answers: dict[str, Any]) -> list[dict[str, Any]]:
    """The sections that apply, each with question and answer; questions that nobody answered are left out."""
    form = edition.form_definition
    fields, shown = form["properties"], visible(form, answers)
    found = []
    for section in edition.form.open_sections(answers):
        asked = [name for name in section.fields if name in shown and name in answers]
        rows = [row for name in asked for row in answer_rows(fields[name], answers[name])]
        if rows:
            found.append({"title": section.title, "rows": rows})
    return found
