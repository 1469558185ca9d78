"""Who holds a result hears what became of it: once, in plain words, whoever holds it."""

from collections.abc import Callable
from typing import Any

import pytest

from motcua import wiring
from motcua.base.cursors import replay, run_until_read
from motcua.dossiers import actions as dossiers
from motcua.notices import actions as notices
from motcua.notices.models import Notice
from motcua.notices.queries import inbox, unread
from motcua.people.models import Citizen, Membership, Organisation
from motcua.people.queries import citizen_actor
from motcua.results import actions
from motcua.results.models import Result
from motcua.telling.holding import HOLDERS
from motcua.telling.subscribers import NOTICES, PAYERS
from motcua.telling.words import RESULTS
from tests.node import Node
from tests.results.decided import HOUR, documented
from tests.vault.firm import filed_for, firm_of, person

Change = Callable[..., Any]


def told(who: object) -> list[tuple[str, str, str, str]]:
    """What an inbox says, newest first."""
    return [(each.title, each.title_en, each.body, each.link) for each in inbox(str(who))]


def changed(node: Node, result: Result) -> Result:
    """Suspended, back in force, replaced, and what replaced it taken back; each read by the worker."""
    new, who = documented(node), {"by": node.approver, "at": node.noon}
    actions.suspend(result.id, "Đang xác minh nơi sinh", decision="12/QĐ-UBND", **who)
    actions.resume(result.id, "Đã xác minh xong", by=node.approver, at=node.noon + HOUR)
    actions.replace(result.id, "Sai chữ đệm", new.number, by=node.approver, at=node.noon + 2 * HOUR)
    actions.revoke(new.id, "Cấp sai đối tượng", "15/QĐ-UBND", by=node.approver, at=node.noon + 3 * HOUR)
    run_until_read(wiring.SUBSCRIBERS)
    return new


def test_the_holder_reads_what_happened_why_and_what_to_do(committed_node: Node) -> None:
    node = committed_node
    dossier = node.submitted()
    result = documented(node, reference=dossier.stream)
    new = changed(node, result)
    mine = [line for line in told(node.mother.id) if "Giấy khai sinh" in line[0]]
    assert mine == [
        (
            f"Giấy khai sinh số {new.number} đã bị thu hồi. Xin không dùng nữa; nếu chưa rõ hoặc không đồng ý, bạn hãy "
            "hỏi hoặc khiếu nại tới cơ quan đã cấp.",
            f"Result {new.number} was revoked. Please do not use it any more; ask the agency that issued it if anything "
            "is unclear, or complain there if you disagree.",
            "Lý do: Cấp sai đối tượng (quyết định số 15/QĐ-UBND)",
            "/tai-khoan/",
        ),
        (
            f"Giấy khai sinh số {result.number} đã được thay bằng kết quả số {new.number}. Từ nay xin dùng kết quả mới.",
            f"Result {result.number} was replaced by result {new.number}. Please use the new one from now on.",
            "Lý do: Sai chữ đệm",
            f"/ho-so/{dossier.code}/",
        ),
        (
            f"Giấy khai sinh số {result.number} có hiệu lực trở lại. Bạn lại dùng được như trước.",
            f"Result {result.number} is in force again. You can use it as before.",
            "Lý do: Đã xác minh xong",
            f"/ho-so/{dossier.code}/",
        ),
        (
            f"Giấy khai sinh số {result.number} đang tạm dừng hiệu lực. Xin chưa dùng, cho đến khi cơ quan báo có hiệu "
            "lực trở lại.",
            f"Result {result.number} is suspended. Please do not use it until the agency tells you that it holds again.",
            "Lý do: Đang xác minh nơi sinh (quyết định số 12/QĐ-UBND)",
            f"/ho-so/{dossier.code}/",
        ),
    ]
    assert set(RESULTS) == HOLDERS.facts


def test_of_an_organisations_result_hears_who_represents_it_and_nobody_else(committed_node: Node) -> None:
    node = committed_node
    firm = Organisation.objects.create(tax_code="0100109106", name="Hoa Sen", folded_name="hoa sen")
    hung, late = Citizen.objects.exclude(pk=node.mother.id).order_by("id")[:2]
    Membership.objects.create(organisation=firm, citizen=hung)
    result = documented(node, holder_organisation=firm.id)  # the mother asked for it, and left the firm since
    actions.suspend(result.id, "Đang xác minh", by=node.approver, at=node.noon)
    run_until_read(wiring.SUBSCRIBERS)
    assert [len(told(each)) for each in (hung.id, node.mother.id, late.id)] == [1, 0, 0]
    Membership.objects.create(organisation=firm, citizen=late)
    replay(HOLDERS)
    run_until_read(wiring.SUBSCRIBERS)
    assert [len(told(each)) for each in (hung.id, node.mother.id, late.id)] == [1, 0, 0]
    actions.resume(result.id, "Xong", by=node.approver, at=node.noon)
    run_until_read(wiring.SUBSCRIBERS)
    assert [len(told(each)) for each in (hung.id, node.mother.id, late.id)] == [2, 0, 1]


def test_what_was_asked_for_at_the_counter_has_no_inbox(committed_node: Node) -> None:
    node = committed_node
    result = documented(node, holder=None)
    actions.suspend(result.id, "Đang xác minh", by=node.approver, at=node.noon)
    run_until_read(wiring.SUBSCRIBERS)
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(
    "name", [each.name for each in wiring.SUBSCRIBERS if "tell" in each.name or "not" in each.name]
)
def test_a_replay_gives_the_same_inbox_with_what_was_read(committed_node: Node, name: str) -> None:
    node = committed_node
    (subscriber,) = (each for each in wiring.SUBSCRIBERS if each.name == name)
    dossier = node.submitted()
    changed(node, documented(node, reference=dossier.stream))
    mother = citizen_actor(Citizen.objects.get(pk=node.mother.id))
    assert notices.mark_read(by=mother, at=node.noon) == 5
    node.submitted()
    run_until_read(wiring.SUBSCRIBERS)
    before = list(Notice.objects.order_by("pk").values())
    assert (len(before), unread(mother.id)) == (6, 1)
    for _ in range(2):
        replay(subscriber)
        run_until_read(wiring.SUBSCRIBERS)
        assert list(Notice.objects.order_by("pk").values()) == before


def test_of_a_firms_dossier_hears_who_represents_the_firm_by_now(committed_node: Node) -> None:
    node = committed_node
    firm = firm_of(node)
    dossier = filed_for(node)
    run_until_read(wiring.SUBSCRIBERS)
    assert [line[0] for line in told(node.mother.id) if "Đã nộp" in line[0]] == [f"Đã nộp hồ sơ {dossier.code}"]
    before, named = len(told(node.mother.id)), person("chu.hung")
    Membership.objects.filter(organisation=firm).delete()
    Membership.objects.create(organisation=firm, citizen=named)
    dossiers.receive(dossier.id, by=node.reception, at=node.noon + HOUR)
    for _ in range(2):
        run_until_read(wiring.SUBSCRIBERS)
        assert len(told(node.mother.id)) == before
        assert [line[0] for line in told(named.pk)] == [f"Hồ sơ {dossier.code} đã được tiếp nhận"]
        for each in (NOTICES, PAYERS):
            replay(each)
