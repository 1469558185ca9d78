"""Who follows a dossier hears that it moved, and no more than its code tells anybody."""

from datetime import timedelta

import pytest

from motcua import wiring
from motcua.base.cursors import run_until_read
from motcua.base.errors import Refused
from motcua.dossiers import actions as dossiers
from motcua.mandates import actions as mandates
from motcua.mandates.actions import Authority
from motcua.notices import actions
from motcua.notices.actions import MAX_FOLLOWED
from motcua.notices.models import Follow
from motcua.notices.queries import followed, inbox
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor
from tests.node import DAY, Node

HOUR = timedelta(hours=1)


def test_a_follower_hears_what_moved_since_without_the_reason(committed_node: Node) -> None:
    node = committed_node
    hung = Citizen.objects.get(account__login="chu.hung")
    dossier = node.submitted()
    actions.follow(dossier.stream, by=citizen_actor(hung), at=node.noon + HOUR / 2)
    dossiers.receive(dossier.id, by=node.reception, at=node.noon + HOUR)
    dossiers.ask_supplement(
        dossier.id, ["giay-chung-sinh"], "Tên cháu ghi sai", by=node.clerk, at=node.noon + 2 * HOUR
    )
    run_until_read(wiring.SUBSCRIBERS)
    told = [(each.title, each.body, each.link) for each in inbox(hung.id)]
    link = f"/tra-cuu/?ma={dossier.code}"
    assert told == [
        (f"Hồ sơ {dossier.code} cần bổ sung", "", link),
        (f"Hồ sơ {dossier.code} đã được tiếp nhận", "", link),
    ]
    assert [each.body for each in inbox(node.mother.id)] == ["Tên cháu ghi sai", "", ""]

    actions.unfollow(dossier.stream, by=citizen_actor(hung))
    dossiers.supplement(dossier.id, node.filing().papers, by=node.mother, at=node.noon + 3 * HOUR)
    run_until_read(wiring.SUBSCRIBERS)
    assert len(inbox(hung.id)) == 2


def test_following_twice_is_following_once_and_the_filer_is_told_once(committed_node: Node) -> None:
    node = committed_node
    dossier = node.submitted()
    for _ in range(2):
        actions.follow(dossier.stream, by=node.mother, at=node.noon - HOUR)
    assert followed(node.mother.id) == [dossier.stream]
    run_until_read(wiring.SUBSCRIBERS)
    assert len(inbox(node.mother.id)) == 1


def test_nobody_follows_without_end(node: Node) -> None:
    Follow.objects.bulk_create(
        Follow(citizen_id=node.mother.id, reference=f"dossier:{number}", since=node.noon)
        for number in range(MAX_FOLLOWED)
    )
    with pytest.raises(Refused, match="too_many_followed"):
        actions.follow("dossier:one-more", by=node.mother, at=node.noon)
    assert Follow.objects.count() == MAX_FOLLOWED


def test_who_is_authorised_hears_of_it_and_of_the_dossier_while_it_holds(committed_node: Node) -> None:
    node = committed_node
    hung = Citizen.objects.get(account__login="chu.hung")
    dossier = node.submitted()
    authority = Authority(dossier.stream, "001085000102", "Trần Văn Hùng", DAY + timedelta(days=9), "vợ chồng")
    mandate = mandates.give(authority, by=node.mother, at=node.noon + HOUR / 2)
    dossiers.receive(dossier.id, by=node.reception, at=node.noon + HOUR)
    papers = ["giay-chung-sinh"]
    dossiers.ask_supplement(dossier.id, papers, "Tên cháu ghi sai", by=node.clerk, at=node.noon + 2 * HOUR)
    mandates.revoke(mandate.id, by=node.mother, at=node.noon + 3 * HOUR)
    dossiers.supplement(dossier.id, node.filing().papers, by=node.mother, at=node.noon + 4 * HOUR)
    run_until_read(wiring.SUBSCRIBERS)
    assert [(each.title, each.body) for each in inbox(hung.id)] == [
        ("Nguyễn Thị Lan đã thu hồi uỷ quyền", ""),
        (f"Hồ sơ {dossier.code} cần bổ sung", "Tên cháu ghi sai"),
        (f"Hồ sơ {dossier.code} đã được tiếp nhận", ""),
        ("Nguyễn Thị Lan uỷ quyền cho bạn một hồ sơ", ""),
    ]
