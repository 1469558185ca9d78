"""A result that was changed past its verbs is named, and what was put in place of its document is not signed."""

import pytest

from motcua.base import files
from motcua.base.actor import SYSTEM
from motcua.base.errors import Refused
from motcua.results import actions, checks
from motcua.results.models import SignatureAsked
from tests.charging.test_mirrors import past_the_verbs
from tests.node import Node
from tests.results.decided import HOUR, documented, facts
from tests.signing.ca import Ring

PROMISES = "what it promises is"
BROKEN = {
    "holder_name = 'Người khác'": PROMISES,
    "holder_id = NULL": PROMISES,
    "valid_until = '2099-01-01'": PROMISES,
    "granted = NOT granted": PROMISES,
    "check_code = '22222222'": PROMISES,
    "title = 'Giấy khác'": PROMISES,
    "kind = 'KQ.KHAC'": "kind is 'KQ.KHAC'",
    "number = '9/2026/KQ-X'": "number is '9/2026/KQ-X'",
    "reference = 'dossier:khac'": "reference is 'dossier:khac'",
    "agency_id = (SELECT id FROM people_agency WHERE code = 'H99.102')": "agency is ",
    "state = 'suspended'": "state is 'suspended', its facts say 'issued'",
    "signed_by = 'Ai đó'": "signed by is 'Ai đó'",
    "file_id = NULL": "document is ''",
    "handed_over_at = NULL": "handed over is ''",
    "handed_over_at = handed_over_at - interval '1 day'": "handed over is ",
}


@pytest.mark.parametrize("change", BROKEN)
def test_a_result_that_was_changed_is_named(node: Node, change: str) -> None:
    result = documented(node)
    actions.hand_over(result.reference, by=node.reception, at=node.noon + HOUR)
    assert list(checks.check_facts()) == []
    past_the_verbs(f"UPDATE results_result SET {change} WHERE id = '{result.id}'")
    (found,) = checks.check_facts()
    assert found.startswith(f"result {result.stream}: {BROKEN[change]}")


def test_a_result_that_is_gone_is_named(node: Node) -> None:
    result = documented(node)
    past_the_verbs(f"DELETE FROM results_result WHERE id = '{result.id}'")
    assert list(checks.check_facts()) == [f"result {result.stream}: told by its facts and not there"]
    result.save(force_insert=True)
    assert list(checks.check_facts()) == []


def test_another_document_than_the_prepared_one_is_named_and_not_sealed(node: Node, ring: Ring) -> None:
    ring.agency()
    result = documented(node)
    assert list(checks.check_facts()) == []
    other = files.keep(b"%PDF-1.7 other", "application/pdf", at=node.noon)
    SignatureAsked.objects.filter(pk=result.pk).update(prepared=other)
    (found,) = checks.check_facts()
    assert found.startswith(f"signature of {result.stream}: document is '{other.sha256}")
    no = actions.seal(result.pk, by=SYSTEM, at=node.noon)
    assert isinstance(no, Refused) and no.code == "prepared_changed"
    result.refresh_from_db()
    assert (result.file_id, result.signed_by, SignatureAsked.objects.get().refusal) == (None, "", "prepared_changed")
    assert [fact.name for fact in facts(result)] == [
        "results.issued", "results.signature_asked", "results.signature_refused",
    ]  # fmt: skip


def test_what_an_older_version_did_not_tell_is_no_difference(node: Node) -> None:
    result = documented(node)
    past_the_verbs("UPDATE base_fact SET data = data - 'sha256' WHERE name = 'results.issued'")
    assert list(checks.check_facts()) == []
    past_the_verbs(f"UPDATE results_result SET granted = false WHERE id = '{result.id}'")
    assert list(checks.check_facts()) == []
