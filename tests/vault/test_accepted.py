"""Whether an accepted paper stays good when its dossier is refused: a compared one does, an uploaded one does not."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from motcua import wiring
from motcua.base.cursors import replay, run_until_read
from motcua.base.errors import Refused
from motcua.desks.actions.counter import Brought, Counted, file_at_counter
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.vault import queries
from motcua.vault.models import Version
from motcua.vault.subscribers import KEPT
from tests.node import DAY, Node
from tests.vault.conftest import registered
from tests.vault.test_offers import asks

HOUR = timedelta(hours=1)
PROOF = "giay-chung-sinh"
COMPARED = "Số hoá tại quầy, đã đối chiếu với bản chính"
ACCEPTED = "Cán bộ đã chấp nhận khi tiếp nhận hồ sơ"


def at_counter(node: Node, *brought: Brought) -> Dossier:
    """Taken in on paper; these were counted."""
    filing = node.filing(channel="direct", filer=UUID(node.mother.id))
    return file_at_counter(filing, Counted(tuple(brought)), by=node.reception, at=node.noon)


def online(node: Node) -> Dossier:
    dossier = node.submitted()
    actions.receive(dossier.id, by=node.reception, at=node.noon)
    return dossier


def decided(node: Node, dossier: Dossier, granted: bool) -> None:
    actions.pass_on(dossier.id, "pass", by=node.clerk, at=node.noon + HOUR)
    actions.decide(dossier.id, granted, by=node.approver, at=node.noon + 2 * HOUR, reason="" if granted else "Thiếu")


def withdrawn(node: Node, dossier: Dossier) -> None:
    actions.withdraw(dossier.id, "Thôi", by=node.mother, at=node.noon + HOUR)


def stopped(node: Node, dossier: Dossier) -> None:
    actions.stop(dossier.id, "Hết hạn bổ sung", by=node.approver, at=node.noon + HOUR)


def refused(node: Node, dossier: Dossier) -> None:
    decided(node, dossier, granted=False)


def offered(node: Node) -> list[str]:
    found = queries.offers(UUID(node.mother.id), asks("results", "Giấy chứng sinh"), on=DAY)
    return [each.trust for each in found.get("giay", [])]


ENDS = [refused, withdrawn, stopped]


@pytest.mark.parametrize("ends", ENDS)
def test_what_was_only_uploaded_is_accepted_no_more_when_its_dossier_ends_without_a_grant(
    committed_node: Node, ends: Any
) -> None:
    node, dossier = committed_node, online(committed_node)
    run_until_read(wiring.SUBSCRIBERS)
    version = Version.objects.get()
    assert offered(node) == [ACCEPTED]
    ends(node, dossier)
    run_until_read(wiring.SUBSCRIBERS)
    (kept,) = queries.held(node.mother.id)
    assert (offered(node), kept.version, kept.trust.name) == ([], version, "UPLOADED")
    with pytest.raises(Refused) as no:
        queries.must_prove(version.id, asks("results", "Giấy chứng sinh").papers[0], UUID(node.mother.id), on=DAY)
    assert no.value.code == "reuse_not_in_force"
    replay(KEPT)
    run_until_read(wiring.SUBSCRIBERS)
    assert offered(node) == []


def test_read_all_at_once_it_is_the_same(committed_node: Node) -> None:
    refused(committed_node, online(committed_node))
    run_until_read(wiring.SUBSCRIBERS)
    assert (offered(committed_node), Version.objects.count()) == ([], 1)


@pytest.mark.parametrize("ends", ENDS)
def test_what_was_compared_with_its_original_at_the_counter_stays_good_whatever_comes_of_the_dossier(
    committed_node: Node, ends: Any
) -> None:
    ends(committed_node, at_counter(committed_node, Brought(PROOF, originals=1, pages=1)))
    run_until_read(wiring.SUBSCRIBERS)
    assert offered(committed_node) == [COMPARED]


@pytest.mark.parametrize("brought", [(), (Brought(PROOF, copies=1),), (Brought("khac", originals=1),)])
def test_a_scan_of_a_copy_or_of_what_nobody_counted_was_not_compared(
    committed_node: Node, brought: tuple[Brought, ...]
) -> None:
    dossier = at_counter(committed_node, *brought)
    run_until_read(wiring.SUBSCRIBERS)
    assert offered(committed_node) == [ACCEPTED]
    refused(committed_node, dossier)
    run_until_read(wiring.SUBSCRIBERS)
    assert offered(committed_node) == []


def test_the_newest_that_is_good_is_used_and_the_others_stay_readable(committed_node: Node) -> None:
    node = committed_node
    registered(node)
    (first,) = [each.version for each in queries.held(node.mother.id) if each.version.item.kind == "paper"]
    refused(node, online(node))
    run_until_read(wiring.SUBSCRIBERS)
    versions = [each.version for each in queries.item_of(first.item_id, node.mother.id)]
    assert len(versions) == 2
    paper, holder = asks("results", "Giấy chứng sinh").papers[0], UUID(node.mother.id)
    assert queries.must_prove(first.id, paper, holder, on=DAY).source == first.source
    (other,) = [each for each in versions if each != first]
    with pytest.raises(Refused, match="reuse_not_in_force"):
        queries.must_prove(other.id, paper, holder, on=DAY)
