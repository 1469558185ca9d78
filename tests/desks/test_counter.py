"""A filing at the counter: counted papers, its group, its ticket, received; all of it once, or nothing."""

from typing import Any

import pytest

from motcua.base.actor import Actor
from motcua.base.cursors import run_until_read
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.base.ids import new_id
from motcua.base.models import Fact
from motcua.catalogue.queries import plan
from motcua.desks import queries
from motcua.desks.actions import tickets
from motcua.desks.actions.counter import Brought, Counted, file_at_counter
from motcua.desks.actions.groups import make_group, put_in, take_out
from motcua.desks.models import Member, PaperCount, Ticket
from motcua.dossiers.models import Dossier, Standing
from motcua.notices.queries import inbox
from motcua.people.models import Agency, Citizen
from motcua.printing.receipts import papers_told
from motcua.telling.subscribers import NOTICES
from tests.node import Node, officer

BROUGHT = (Brought("giay-chung-sinh", originals=1, copies=2, pages=3),)
COUNTED = Counted(BROUGHT)


def filed(node: Node, counted: Counted = COUNTED, by: Actor | None = None, **changes: Any) -> Dossier:
    filing = node.filing(**({"channel": "direct", "return_by": "counter"} | changes))
    return file_at_counter(filing, counted, by=by or node.reception, at=node.noon)


def stranger() -> Actor:
    return officer("tiepnhan.hoamai", Agency.objects.get(code="H99.102"))


def test_papers_are_counted_and_the_fact_names_nobody(node: Node) -> None:
    dossier = filed(node)
    (count,) = queries.counts_of(dossier.id)
    assert (count.paper, count.originals, count.copies, count.pages, count.shown) == (
        "giay-chung-sinh", 1, 2, 3, False,
    )  # fmt: skip
    (fact,) = Fact.objects.filter(stream=f"papers:{dossier.id}")
    assert fact.data == {"dossier": str(dossier.id), "counts": ["giay-chung-sinh:1:2:3:kept"]}
    assert Standing.objects.get(pk=dossier.id).state == "received"


def test_form_01_says_what_was_counted(node: Node) -> None:
    dossier = filed(node, Counted((*BROUGHT, Brought("khac", shown=True))))
    told = papers_told(plan(dossier.edition_id).definition, dossier)
    assert told[0].endswith("(1 bản chính, 2 bản sao, 3 trang, 1 tệp)")
    assert told[-1] == "Giấy tờ khác (chỉ xuất trình, không lưu)"


def test_sent_twice_it_is_filed_and_counted_once(node: Node) -> None:
    filing = node.filing(channel="direct", return_by="counter")
    first = file_at_counter(filing, Counted(BROUGHT), by=node.reception, at=node.noon)
    again = file_at_counter(filing, Counted(BROUGHT), by=node.reception, at=node.noon)
    assert again.code == first.code
    assert PaperCount.objects.count() == 1
    assert Fact.objects.filter(name="desks.papers_counted").count() == 1


@pytest.mark.parametrize(
    ("papers", "code"),
    [
        ((Brought("khong-co", 1),), "paper_unknown"),
        ((Brought("giay-chung-sinh", -1),), "paper_count_wrong"),
        ((Brought("giay-chung-sinh", 1, pages=10_000),), "paper_count_wrong"),
        ((Brought("giay-chung-sinh", 1), Brought("giay-chung-sinh", 2)), "paper_count_wrong"),
    ],
)
def test_a_count_that_cannot_be_files_nothing(node: Node, papers: tuple[Brought, ...], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        filed(node, Counted(papers))
    assert not Dossier.objects.exists()


def test_a_group_of_another_agency_files_nothing(node: Node) -> None:
    theirs = make_group("Công ty Hoa Mai", by=stranger(), at=node.noon)
    with pytest.raises(NotFound, match="group_unknown"):
        filed(node, Counted(BROUGHT, group=theirs.id))
    assert not Dossier.objects.exists()
    assert not Fact.objects.filter(stream__startswith="dossier:").exists()


def test_the_ticket_of_the_filing_is_done(node: Node) -> None:
    queue = tickets.open_queue("Mọi thủ tục", by=node.reception)
    given = tickets.give_ticket(queue.id, by=node.reception, at=node.noon)
    tickets.call_next("Quầy 1", frozenset(), seen=None, by=node.reception, at=node.noon)
    filed(node, Counted(ticket=given.id))
    assert Ticket.objects.get().state == "served"
    filed(node, Counted(ticket=new_id()))


def test_who_stands_at_the_counter_has_the_dossier_in_the_account(node: Node) -> None:
    lan = Citizen.objects.get(account__login="me.lan")
    dossier = filed(node, filer=lan.id)
    assert Dossier.objects.get(pk=dossier.id).filed_by == lan
    submitted = Fact.objects.get(stream=dossier.stream, seq=1)
    assert submitted.data["filed_by"] == str(lan.id)
    assert submitted.actor == node.reception.ref


def test_who_stood_at_the_counter_is_told_as_anybody_who_files(committed_node: Node) -> None:
    node, lan = committed_node, Citizen.objects.get(account__login="me.lan")
    dossier = filed(node, filer=lan.id)
    filed(node)
    run_until_read([NOTICES])
    titles = {notice.title for notice in inbox(lan.id)}
    assert titles == {f"Hồ sơ {dossier.code} đã được tiếp nhận", f"Đã nộp hồ sơ {dossier.code}"}


def test_a_citizen_cannot_file_into_somebody_elses_account(node: Node) -> None:
    hung = Citizen.objects.get(account__login="chu.hung")
    dossier = node.submitted(filer=hung.id)
    assert str(Dossier.objects.get(pk=dossier.id).filed_by_id) == node.mother.id


def test_only_the_reception_files_at_the_counter(node: Node) -> None:
    with pytest.raises(Forbidden, match="wrong_role"):
        filed(node, by=node.clerk)
    assert not Dossier.objects.exists()


def test_a_group_holds_dossiers_of_its_agency_alone_each_in_one_group(node: Node) -> None:
    family, firm = (make_group(name, by=node.reception, at=node.noon) for name in ("Gia đình", "Công ty"))
    assert (family.code, firm.code) == ("N-H99.101-261110-001", "N-H99.101-261110-002")
    one, two = filed(node, Counted(group=family.id)), filed(node)
    assert put_in(family.id, [one.id, two.id], by=node.reception, at=node.noon) == [two.id]
    assert [each.dossier.code for each in queries.members(family)] == [one.code, two.code]
    with pytest.raises(Refused, match="in_another_group"):
        put_in(firm.id, [two.id], by=node.reception, at=node.noon)
    with pytest.raises(NotFound, match="group_unknown"):
        put_in(family.id, [two.id], by=stranger(), at=node.noon)
    with pytest.raises(NotFound, match="dossier_unknown"):
        put_in(family.id, [new_id()], by=node.reception, at=node.noon)
    theirs = make_group("Khác", by=stranger(), at=node.noon)
    with pytest.raises(NotFound, match="dossier_unknown"):
        put_in(theirs.id, [two.id], by=stranger(), at=node.noon)
    take_out(family.id, [two.id], by=node.reception, at=node.noon)
    assert list(Member.objects.values_list("dossier", flat=True)) == [one.id]
    told = [fact.data for fact in Fact.objects.filter(stream=f"group:{family.id}").order_by("seq")]
    assert told[0] == {"agency": str(node.agency.id), "code": family.code}
    assert told[-1] == {"added": [], "removed": [str(two.id)]}


def test_earlier_dossiers_are_those_of_the_agency_person_and_procedure(node: Node) -> None:
    dossiers = [filed(node) for _ in range(6)]
    found = queries.earlier("001196000101", "1.001193", node.reception)
    assert [each.dossier.code for each in found] == [each.code for each in reversed(dossiers[1:])]
    assert queries.earlier("001196000101", "1.001193", stranger()) == []
    assert queries.earlier("001085000102", "1.001193", node.reception) == []
    assert queries.earlier("001196000101", "1.000656", node.reception) == []
