"""A birth is registered where keys are: decided, signed by the chairman and the ward, handed over, taken back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from motcua import wiring
from motcua.base import files
from motcua.base.cursors import run_until_read
from motcua.base.errors import Refused
from motcua.base.wires import bind
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.people.models import Citizen, Membership, Organisation
from motcua.results import actions as results
from motcua.results.models import Result
from motcua.results.queries import in_force, result_for
from motcua.signing.development import PIN
from motcua.signing.ports import Keys
from motcua.signing.report import Verdict
from motcua.signing.verifying import verify
from tests.node import DAY, Node
from tests.signing.ca import CHAIRMAN_NAME, WARD_NAME, Ring

HOUR = timedelta(hours=1)


@pytest.fixture
def ring(tmp_path: Path, committed_node: Node) -> Iterator[Ring]:
    before, made = Ring.bound(), Ring.made(tmp_path / "keys", committed_node.noon)
    made.agency()
    made.person()
    made.bind()
    yield made
    bind(Keys, before)  # type: ignore[type-abstract]


def decided(node: Node, granted: bool = True, **filed: object) -> tuple[Dossier, Result]:
    """A dossier on which the chairman decided, and what the worker made of it."""
    dossier = node.submitted(**filed)
    actions.receive(dossier.id, by=node.reception, at=node.noon)
    actions.pass_on(dossier.id, "pass", by=node.clerk, at=node.noon)
    actions.decide(dossier.id, granted, by=node.approver, at=node.noon, reason="" if granted else "Thiếu căn cứ")
    run_until_read(wiring.SUBSCRIBERS)
    found = result_for(dossier.stream)
    assert found is not None
    return dossier, found


def test_from_the_decision_to_a_co_signed_result_in_the_mothers_hands(committed_node: Node, ring: Ring) -> None:
    node = committed_node
    dossier, result = decided(node)
    assert (result.file_id, in_force(result, DAY)) == (None, False)
    with pytest.raises(Refused, match="result_not_ready"):
        actions.hand_over(dossier.id, by=node.reception, at=node.noon)
    results.look(result.pk, by=node.approver, at=node.noon)
    (done,) = results.sign_chosen([result.pk], PIN, by=node.approver, at=node.noon)
    assert done.refusal is None
    actions.hand_over(dossier.id, by=node.reception, at=node.noon + HOUR)
    run_until_read(wiring.SUBSCRIBERS)
    result.refresh_from_db()
    report = verify(files.open_file(str(result.file_id)).read(), ring.bound().trust(), at=node.noon + HOUR)
    assert (report.verdict, [each.signer for each in report.signatures]) == (
        Verdict.VALID, [CHAIRMAN_NAME, WARD_NAME],
    )  # fmt: skip
    assert (in_force(result, DAY), result.handed_over_at) == (True, node.noon + HOUR)
    results.revoke(result.pk, "Cấp sai", "15/QĐ-UBND", by=node.approver, at=node.noon + HOUR)
    assert not in_force(Result.objects.get(pk=result.pk), DAY)


def test_a_refusal_is_a_letter_that_gives_nothing(committed_node: Node, ring: Ring) -> None:
    _, letter = decided(committed_node, granted=False)
    assert (letter.granted, letter.validity, letter.template) == (False, "", "tu-choi")
    assert not in_force(letter, DAY)


@pytest.mark.parametrize(("number", "held"), [("0100109106", True), ("0100109107", False), ("001196000101", False)])
def test_what_a_representative_asks_for_is_the_organisations(committed_node: Node, number: str, held: bool) -> None:
    firm = Organisation.objects.create(tax_code="0100109106", name="Công ty Hoa Sen", folded_name="cong ty hoa sen")
    Membership.objects.create(organisation=firm, citizen=Citizen.objects.get(pk=committed_node.mother.id))
    behalf = {"name": "Công ty Hoa Sen", "identity_number": number, "basis": "Người đại diện theo pháp luật"}
    _, result = decided(committed_node, on_behalf_of=behalf)
    assert result.holder_organisation == (firm if held else None)
    assert str(result.holder_id) == committed_node.mother.id
