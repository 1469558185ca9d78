"""Results for tests: decided by the chairman of the ward, with their documents as far as they go."""

from datetime import timedelta
from uuid import UUID

from motcua.base.ids import new_id
from motcua.base.ledger import Row, facts_of
from motcua.results import actions
from motcua.results.actions import Issue
from motcua.results.models import Result
from motcua.results.subscribers import make_documents
from tests.node import Node

HOUR = timedelta(hours=1)


def issued(node: Node, **changes: object) -> Result:
    """A result that the chairman decided at noon, without a document."""
    given = {
        "reference": f"dossier:{new_id()}", "kind": "KQ.G15.000031", "title": "Giấy khai sinh", "template": "ket-qua",
        "agency": node.agency.id, "holder": UUID(node.mother.id), "holder_name": "Nguyễn Thị Lan",
        "content": {"dossier": "H99.101-261110-0001", "decided_by": node.approver.name}, "validity": "unlimited",
        "signer": UUID(node.approver.id),
    }  # fmt: skip
    return actions.issue(Issue(**(given | changes)), by=node.approver, at=node.noon)  # type: ignore[arg-type]


def documented(node: Node, **changes: object) -> Result:
    """The same with what the worker makes of it: its document, or one that waits for signatures."""
    result = issued(node, **changes)
    make_documents(facts(result)[:1])
    result.refresh_from_db()
    return result


def facts(result: Result) -> list[Row]:
    return facts_of(result.stream)


def names(result: Result) -> list[str]:
    return [fact.name.removeprefix("results.") for fact in facts(result)]
