"""What results do when facts appear: a result that was issued gets its document."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings

from motcua.base.actor import SYSTEM
from motcua.base.cursors import Subscriber
from motcua.base.ledger import Row
from motcua.base.wires import provider
from motcua.base.worktime import local
from motcua.catalogue.queries import plan
from motcua.forms import label, shown
from motcua.results import actions, queries
from motcua.results.letterhead import heading
from motcua.results.models import Result
from motcua.results.ports import Typesetter

CONTACTS = {"citizen.phone", "citizen.email"}


def make_documents(facts: Sequence[Row]) -> None:
    """Render the PDF of every result issued; one that has its document already is left alone (replay is harmless)."""
    for fact in facts:
        result = queries.by_id(fact.stream.partition(":")[2])
        if result.file_id is None:
            actions.document(result, render(result), by=SYSTEM, at=fact.at)


def render(result: Result) -> bytes:
    """The PDF of a result, from its template: the decision, its agency's head, the address that checks it."""
    data = {
        **result.content,
        **heading(result.agency, result.issued_at),
        "number": result.number,
        "check_code": result.check_code,
        "title": result.title,
        "holder": result.holder_name,
        "issued_on": local(result.issued_at).date().isoformat(),
        "verify_url": verify_url(result),
        "rows": answers_told(result.content),
    }
    return provider(Typesetter).pdf(result.template, data)


def verify_url(result: Result) -> str:
    """The public page that verifies a result; its QR code leads there."""
    asked = urlencode({"so": result.number, "ma": result.check_code}, safe="/")
    return f"{settings.SITE_ADDRESS}/ket-qua/?{asked}"


def answers_told(content: Mapping[str, Any]) -> list[list[str]]:
    """The answers a result rests on as question and answer, in the form's order; how to reach a person stays out.

    Empty where the content names no ``edition``. Lists of people or things become numbered lines.
    """
    if not content.get("edition"):
        return []
    fields, answers = plan(UUID(content["edition"])).form_definition["properties"], content["answers"]
    asked = [name for name in fields if name in answers and told_on_paper(fields[name])]
    return [row for name in asked for row in answer_rows(fields[name], answers[name])]


def told_on_paper(field: Mapping[str, Any]) -> bool:
    """Whether an answer belongs on a result: not how to reach a person, not a declaration that can only be ticked."""
    return field.get("x-prefill") not in CONTACTS and "const" not in field


def answer_rows(field: Mapping[str, Any], value: Any) -> list[list[str]]:
    """One answer as rows of question and answer."""
    if field.get("type") != "array":
        return [[label(field), shown(field, value)]]
    inside = field["items"]["properties"]
    lines = [", ".join(shown(inside[key], item[key]) for key in inside if key in item) for item in value]
    return [[f"{label(field)} ({number})", line] for number, line in enumerate(lines, 1)]


DOCUMENTS = Subscriber("results.documents", frozenset({"results.issued"}), make_documents, lambda: None, batch=20)
