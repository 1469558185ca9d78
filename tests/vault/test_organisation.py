"""What a representative asks for in the name of an organisation comes into the organisation's vault, and no other."""

from datetime import timedelta
from uuid import UUID

import pytest

from motcua import wiring
from motcua.base.cursors import run_until_read
from motcua.base.errors import Invalid
from motcua.catalogue.queries import edition_for
from motcua.dossiers import actions
from motcua.drafts import actions as drafts
from motcua.drafts.models import Draft
from motcua.people.models import Membership, Organisation
from motcua.results.models import Result
from motcua.vault import queries
from tests.node import BIRTH, DAY, Node, birth_answers
from tests.vault.test_offers import CODE, asks

HOUR = timedelta(hours=1)
FIRM = "0100109106"


def written(node: Node, number: str) -> Draft:
    """A draft in the name of an organisation, as its representative writes it on the portal."""
    by, at = node.mother, node.noon
    draft = drafts.start_draft(edition_for(BIRTH, DAY).id, birth_answers(), by=by, at=at)
    drafts.attach(draft.id, "giay-chung-sinh", [b"%PDF-1.4\n%%EOF\n"], "giay chung sinh.pdf", by=by, at=at)
    behalf = {"name": "Công ty Hoa Sen", "identity_number": number, "basis": "Người đại diện theo pháp luật"}
    return drafts.set_filing(draft.id, agency=node.agency.id, return_by="counter", on_behalf_of=behalf, by=by, at=at)


@pytest.mark.parametrize("member", [True, False])
def test_a_result_asked_for_by_tax_code_is_in_the_vault_of_the_organisation(
    committed_node: Node, member: bool
) -> None:
    node = committed_node
    firm = Organisation.objects.create(tax_code=FIRM, name="Công ty Hoa Sen", folded_name="cong ty hoa sen")
    if member:
        Membership.objects.create(organisation=firm, citizen_id=node.mother.id)
    dossier = drafts.file_draft(written(node, "0100 109 106").id, by=node.mother, at=node.noon)
    assert dossier.owner_identity == FIRM
    actions.receive(dossier.id, by=node.reception, at=node.noon + HOUR)
    actions.pass_on(dossier.id, "pass", by=node.clerk, at=node.noon + HOUR)
    actions.decide(dossier.id, True, by=node.approver, at=node.noon + HOUR)
    run_until_read(wiring.SUBSCRIBERS)
    actions.hand_over(dossier.id, by=node.reception, at=node.noon + 2 * HOUR)
    run_until_read(wiring.SUBSCRIBERS)
    number = Result.objects.get().number
    theirs, mine = ([each.version.number for each in queries.held(whose)] for whose in (firm.id, node.mother.id))
    assert (theirs, mine) == (([number, dossier.code], []) if member else ([], [number]))
    assert queries.offers(UUID(node.mother.id), asks(CODE), on=DAY) == {}


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("0100109107", "tax_code_check_digit"),
        ("01001091", "identity_number_length"),
        ("0100109106-000", "tax_code_branch"),
    ],
)
def test_a_number_that_nobody_has_is_refused_and_the_draft_stays(node: Node, number: str, code: str) -> None:
    with pytest.raises(Invalid, match=code):
        written(node, number)
    assert Draft.objects.get().on_behalf_of == {}
