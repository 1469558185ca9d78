"""What is in a vault, and whom it is shown to, stands beside the facts: who writes past the verbs is named."""

import pytest

from motcua.vault import actions, checks
from tests.charging.test_mirrors import past_the_verbs
from tests.node import Node
from tests.vault.conftest import HOUR
from tests.vault.test_sharing import sharing

OTHER = "(SELECT id FROM people_agency WHERE code = 'H99.102')"
SHARE = "UPDATE vault_share SET {} WHERE revoked_at IS NULL"
BACK = "UPDATE vault_share SET revoked_at = NULL, identity_number = '001085000999' WHERE revoked_at IS NOT NULL"
SHARES = {
    "prolonged": (SHARE.format("until = '2099-01-01'"), "until is '2099-01-01', its facts say "),
    "to another agency": (SHARE.format(f"identity_number = '', agency_id = {OTHER}"), "agency is "),
    "not taken back": (BACK, "taken back is 'false', its facts say 'true'"),
    "taken back": (SHARE.format("revoked_at = given_at"), "taken back is 'true', its facts say 'false'"),
    "gone": ("DELETE FROM vault_share WHERE revoked_at IS NULL", "told by its facts and not there"),
}


@pytest.mark.parametrize("broken", SHARES)
def test_a_share_that_was_changed_is_named(mother: Node, broken: str) -> None:
    back = actions.share(sharing(), by=mother.mother, at=mother.noon)
    actions.revoke(back.id, by=mother.mother, at=mother.noon + HOUR)
    actions.share(sharing(), by=mother.mother, at=mother.noon + HOUR)
    assert list(checks.check_shares()) == []
    statement, named = SHARES[broken]
    past_the_verbs(statement)
    (found,) = checks.check_shares()
    assert found.partition(": ")[2].startswith(named)


def test_an_item_in_another_vault_and_a_result_in_none_are_named(mother: Node) -> None:
    assert (list(checks.check_items()), list(checks.check_results_kept())) == ([], [])
    past_the_verbs(
        "UPDATE vault_item SET citizen_id = (SELECT id FROM people_citizen WHERE id <> citizen_id LIMIT 1)",
        "DELETE FROM vault_version WHERE result_id IS NOT NULL",
    )
    assert [each.partition(" ")[0] for each in checks.check_items()] == ["item"] * 2
    (lost,) = checks.check_results_kept()
    assert lost.endswith("was handed over and is in nobody's vault")
