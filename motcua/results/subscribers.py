"""What results do when facts appear: a result that was issued gets its document."""

from collections.abc import Sequence

from motcua.base.actor import SYSTEM
from motcua.base.cursors import Subscriber
from motcua.base.ledger import Row
from motcua.base.wires import provider
from motcua.results import actions, queries
from motcua.results.models import Result
from motcua.results.ports import Typesetter


def make_documents(facts: Sequence[Row]) -> None:
    """Render the PDF of every result issued; one that has its document already is left alone (replay is harmless)."""
    for fact in facts:
        result = queries.by_id(fact.stream.partition(":")[2])
        if result.file_id is None:
            actions.document(result, render(result), by=SYSTEM, at=fact.at)


def render(result: Result) -> bytes:
    """The PDF of a result, from its template."""
    data = {
        **result.content,
        "number": result.number,
        "check_code": result.check_code,
        "title": result.title,
        "agency": result.agency.name,
        "holder": result.holder_name,
        "issued_at": result.issued_at.isoformat(),
    }
    return provider(Typesetter).pdf(result.template, data)  # type: ignore[type-abstract]


DOCUMENTS = Subscriber("results.documents", frozenset({"results.issued"}), make_documents, lambda: None, batch=20)
