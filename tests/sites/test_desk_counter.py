"""The pages of the counter: look-up, copy, counted papers, groups, tickets, absences, files of other agencies."""

import re
from typing import Any

import pytest
from django.test import Client

from motcua.base.models import Fact
from motcua.desks.models import Group, PaperCount, Queue, Ticket
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Standing
from motcua.filing.actions import submit
from motcua.people.models import Agency, Citizen, Officer, Substitution
from tests.node import Node, officer
from tests.sites.desk import act, address, seated, text_of
from tests.sites.test_desk_intake import PAGE, typed

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def counter(node: Node) -> Client:
    return seated("tiepnhan.hoasen", node.agency.id)


@pytest.fixture
def neighbour(node: Node) -> Client:
    return seated("tiepnhan.hoamai", Agency.objects.get(code="H99.102").id)


def blank(**changes: Any) -> dict[str, Any]:
    """A page on which nothing but the number was typed."""
    empty = {name: "" for name in typed() if name not in {"id", "tep-giay-chung-sinh"}}
    kept = {"id": typed()["id"], "quay-agency": typed()["quay-agency"], "quay-owner_identity": "001196000101"}
    return {**empty, **kept, **changes}


def test_a_look_up_fills_in_what_is_known_and_leaves_a_fact(node: Node, counter: Client) -> None:
    page = counter.post(PAGE, blank(**{"_tra-cuu": "1"}))
    assert page.status_code == 200
    text = text_of(page)
    assert "Nguyễn Thị Lan đã được xác minh danh tính." in text
    assert 'value="Nguyễn Thị Lan"' in text
    assert 'value="0900000101"' in text
    (fact,) = Fact.objects.filter(name="people.citizen_looked_up")
    assert fact.data["purpose"] == "counter"
    assert not Dossier.objects.exists()


def test_what_was_typed_before_the_look_up_stays(node: Node, counter: Client) -> None:
    text = text_of(counter.post(PAGE, typed(**{"_tra-cuu": "1", "quay-owner_name": "Nguyễn Thị Lan Anh"})))
    assert 'value="Nguyễn Thị Lan Anh"' in text
    assert 'value="Trần Minh Khôi"' in text
    assert 'name="da-tai"' in text


def test_the_text_of_a_card_is_taken_apart(node: Node, counter: Client) -> None:
    card = "001196000777|012345678|Lê Thị Hồng|02031996|Nữ|Thôn Thượng|01012022"
    text = text_of(counter.post(PAGE, blank(**{"_tra-cuu": "1", "quay-owner_identity": card})))
    assert 'value="001196000777"' in text
    assert 'value="Lê Thị Hồng"' in text
    assert "Chưa có ai đăng ký với số này." in text


def test_a_number_that_cannot_be_is_told(node: Node, counter: Client) -> None:
    text = text_of(counter.post(PAGE, blank(**{"_tra-cuu": "1", "quay-owner_identity": "12"})))
    assert "Số định danh cá nhân có 12 chữ số; bạn đã viết 2." in text
    assert not Fact.objects.filter(name="people.citizen_looked_up").exists()


def test_an_earlier_dossier_of_the_person_is_copied_as_far_as_it_fits(node: Node, counter: Client) -> None:
    counter.post(PAGE, typed())
    earlier = Dossier.objects.get()
    Dossier.objects.update(answers={**earlier.answers, "khong_con_hoi": "x", "ngay_sinh": "hôm qua"})
    text = text_of(counter.post(PAGE, blank(**{"_tra-cuu": "1"})))
    assert earlier.code in text
    text = text_of(counter.post(PAGE, blank(_chep=str(earlier.id))))
    assert 'value="Trần Minh Khôi"' in text
    assert "hôm qua" not in text
    assert f"từ hồ sơ {earlier.code}" in text
    assert Fact.objects.filter(stream__startswith=f"look:{earlier.id}:").count() == 1


def test_somebody_elses_dossier_is_not_copied(node: Node, counter: Client, neighbour: Client) -> None:
    counter.post(PAGE, typed())
    earlier = Dossier.objects.get()
    other = blank(**{"_chep": str(earlier.id), "quay-owner_identity": "001085000102"})
    assert counter.post(PAGE, other).status_code == 404
    assert neighbour.post(PAGE, blank(_chep=str(earlier.id))).status_code == 404


def test_a_number_garbled_since_the_look_up_is_told_and_what_was_typed_stays(node: Node, counter: Client) -> None:
    counter.post(PAGE, typed())
    earlier = Dossier.objects.get()
    page = counter.post(PAGE, typed(**{"_chep": str(earlier.id), "quay-owner_identity": "12"}))
    assert page.status_code == 200
    assert "Số định danh cá nhân có 12 chữ số" in text_of(page)
    assert 'value="Trần Minh Khôi"' in text_of(page)
    assert not Fact.objects.filter(stream__startswith="look:").exists()


def test_the_card_seen_puts_the_dossier_into_the_verified_account(node: Node, counter: Client) -> None:
    counter.post(PAGE, typed(**{"quay-card_seen": "on", "quay-return_by": "online"}))
    dossier = Dossier.objects.get()
    assert dossier.filed_by == Citizen.objects.get(account__login="me.lan")
    assert dossier.return_by == "online"


def test_a_number_that_somebody_merely_claimed_gets_nobodys_dossier(node: Node, counter: Client) -> None:
    mai = {"quay-card_seen": "on", "quay-owner_identity": "001304000104", "quay-owner_name": "Phạm Thị Mai"}
    text = text_of(counter.post(PAGE, typed(**mai | {"_tra-cuu": "1"})))
    assert "chưa xác minh" in text
    assert counter.post(PAGE, typed(**mai | {"quay-return_by": "online"})).status_code == 422
    assert not Dossier.objects.exists()
    assert counter.post(PAGE, typed(**mai)).status_code == 302
    assert Dossier.objects.get().filed_by is None


def test_the_card_of_another_is_refused(node: Node, counter: Client) -> None:
    behalf = {"quay-filer_name": "Trần Văn Hùng", "quay-filer_basis": "Uỷ quyền 12", "quay-card_seen": "on"}
    response = counter.post(PAGE, typed(**behalf))
    assert response.status_code == 422
    assert "Có người nộp thay: hãy bỏ dấu" in text_of(response)
    assert not Dossier.objects.exists()


def test_papers_are_counted_and_told_on_receipt_and_dossier(node: Node, counter: Client) -> None:
    counts = {"ban-chinh-giay-chung-sinh": "1", "so-trang-giay-chung-sinh": "2", "xuat-trinh-khac": "1"}
    response = counter.post(PAGE, typed(**counts))
    dossier = Dossier.objects.get()
    text = text_of(counter.get(response["Location"]))
    assert dossier.code in text
    assert "1 bản chính, 2 trang" in text
    assert f'href="{address(dossier, "in/01/")}"' in text
    assert 'data-key="p"' in text
    assert 'data-key="n"' in text
    assert "1 bản chính, 2 trang" in text_of(counter.get(address(dossier)))


def test_a_paper_counted_without_a_scan_is_not_missing(node: Node, counter: Client) -> None:
    filing = typed(_record="1", **{"ban-chinh-giay-chung-sinh": "1"})
    del filing["tep-giay-chung-sinh"]
    counter.post(PAGE, filing)
    assert "Còn thiếu giấy tờ bắt buộc" not in text_of(counter.get(address(Dossier.objects.get())))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ban-chinh-giay-chung-sinh": "hai"}, "Số bản và số trang là số nguyên từ 0 đến 9999."),
        ({"so-trang-giay-chung-sinh": "99999"}, "Số bản và số trang là số nguyên từ 0 đến 9999."),
        ({"ban-sao-giay-chung-sinh": "-1"}, "Số bản và số trang là số nguyên từ 0 đến 9999."),
        ({"xuat-trinh-giay-chung-sinh": "1"}, "Giấy tờ chỉ xuất trình thì không lưu bản quét"),
    ],
)
def test_a_count_that_cannot_be_is_told(node: Node, counter: Client, changes: dict[str, str], words: str) -> None:
    response = counter.post(PAGE, typed(**changes))
    assert response.status_code == 422
    assert words in text_of(response).partition('class="error-summary"')[2].partition("</ul>")[0]
    assert not Dossier.objects.exists()
    assert not PaperCount.objects.exists()


def test_a_whole_family_files_one_after_another(node: Node, counter: Client) -> None:
    response = counter.post(PAGE, typed(_nhom="1"))
    group = Group.objects.get()
    assert response["Location"] == f"{PAGE}?nhom={group.id}"
    assert f'name="nhom" value="{group.id}"' in text_of(counter.get(response["Location"]))
    counter.post(PAGE, typed(nhom=str(group.id)))
    alone = node.submitted().code
    codes = list(Dossier.objects.exclude(code=alone).values_list("code", flat=True))
    page = text_of(counter.get(f"/can-bo/nhom/{group.code}/"))
    assert len(codes) == 2
    assert all(code in page for code in codes)
    listed = text_of(counter.get(f"/can-bo/?viec=tat-ca&nhom={group.code}"))
    assert all(code in listed for code in codes)
    assert alone not in listed + page


def test_a_group_is_made_and_filled_by_code(node: Node, counter: Client, neighbour: Client) -> None:
    dossier = node.submitted()
    made = counter.post("/can-bo/nhom/", {"name": "Công ty Hoa Mai"})
    group = Group.objects.get()
    assert made["Location"] == f"/can-bo/nhom/{group.code}/"
    assert counter.post(made["Location"], {"codes": f"{dossier.code}, H99.101-261110-9999"}).status_code == 422
    assert group.members.count() == 0
    assert counter.post(made["Location"], {"codes": dossier.code.lower()}).status_code == 302
    assert group.members.count() == 1
    assert neighbour.get(made["Location"]).status_code == 404
    assert counter.post("/can-bo/nhom/", {"name": " "}).status_code == 422
    counter.post(f"{made['Location']}dua-ra/", {"ho-so": str(dossier.id)})
    assert group.members.count() == 0


def test_ticked_dossiers_become_a_group_all_of_them_or_none(node: Node, counter: Client, neighbour: Client) -> None:
    ticked = [f"{node.submitted().id}~2" for _ in range(2)]
    path = "/can-bo/nhom/tu-danh-sach/"
    page = text_of(counter.post(path, {"chon": ticked}))
    assert all(f'value="{each}"' in page for each in ticked)
    assert not Group.objects.exists()
    assert counter.post(path, {"chon": ticked, "_name": "1", "name": ""}).status_code == 422
    assert neighbour.post(path, {"chon": ticked, "_name": "1", "name": "Nhóm"}).status_code == 404
    assert counter.post(path, {"chon": [], "name": "Nhóm"}).status_code == 422
    assert not Group.objects.exists()
    made = counter.post(path, {"chon": ticked, "_name": "1", "name": "Công ty Hoa Mai"})
    group = Group.objects.get()
    assert made["Location"] == f"/can-bo/nhom/{group.code}/"
    assert group.members.count() == 2
    again = counter.post(path, {"chon": ticked, "_name": "1", "name": "Nhóm khác"})
    assert again.status_code == 409
    assert Group.objects.count() == 1


def test_tickets_lead_from_the_door_to_the_filing(node: Node, counter: Client) -> None:
    counter.post("/can-bo/so-thu-tu/mo-hang/", {"ten": "Mọi thủ tục"})
    queue = Queue.objects.get()
    given = counter.post("/can-bo/so-thu-tu/lay-so/", {"hang": str(queue.id)})
    assert "A001" in text_of(counter.get(given["Location"]))
    page = text_of(counter.get("/can-bo/so-thu-tu/"))
    assert "chưa có số liệu" in page
    counter.post("/can-bo/so-thu-tu/goi/", {"quay": "Quầy 3", "seen": "", "hang": str(queue.id)})
    ticket = Ticket.objects.get()
    assert ticket.state == "called"
    assert f"/can-bo/tiep-nhan-moi/?so={ticket.id}" in text_of(counter.get("/can-bo/so-thu-tu/"))
    found = text_of(counter.get(f"/can-bo/tiep-nhan-moi/?so={ticket.id}&q=khai+sinh"))
    assert f'href="{PAGE}?so={ticket.id}"' in found
    counter.post(PAGE, typed(so=str(ticket.id)))
    assert Ticket.objects.get().state == "served"


def test_the_screen_is_for_everybody_and_names_nobody(node: Node, counter: Client) -> None:
    counter.post("/can-bo/so-thu-tu/mo-hang/", {"ten": "Mọi thủ tục"})
    counter.post("/can-bo/so-thu-tu/lay-so/", {"hang": str(Queue.objects.get().id)})
    counter.post("/can-bo/so-thu-tu/goi/", {"quay": "Quầy 3", "seen": ""})
    page = Client().get("/can-bo/so-thu-tu/man-hinh/H99.101/")
    text = text_of(page)
    assert page.status_code == 200
    assert "A001" in text
    assert "Quầy 3" in text
    assert "Đỗ Thu Hà" not in text
    assert Client().get("/can-bo/so-thu-tu/man-hinh/H99.999/").status_code == 404
    assert Client().get("/can-bo/so-thu-tu/man-hinh/x%00/").status_code == 404


def test_only_the_reception_calls_and_verbs_are_known(node: Node, counter: Client) -> None:
    clerk = seated("hotich.hoasen", node.agency.id)
    assert clerk.get("/can-bo/so-thu-tu/").status_code == 403
    assert counter.post("/can-bo/so-thu-tu/khong-co/").status_code == 404
    assert counter.post("/can-bo/so-thu-tu/xong/", {"so": "x"}).status_code == 404


def test_a_substitute_is_named_seen_and_relieved(node: Node) -> None:
    leader = seated("chutich.hoasen", node.agency.id)
    absent, other = (Officer.objects.get(account__login=each) for each in ("hotich.hoasen", "phong.hoasen"))
    given = {"absent": absent.id, "substitute": other.id, "since": "10/11/2026", "until": "12/11/2026"}
    assert leader.post("/can-bo/vang-mat/", {**given, "reason": ""}).status_code == 422
    assert (
        leader.post("/can-bo/vang-mat/", {**given, "reason": "Nghỉ phép", "until": "30/02/2026"}).status_code == 422
    )
    assert not Substitution.objects.exists()
    assert 'value="10/11/2026"' in text_of(leader.get("/can-bo/vang-mat/"))
    assert leader.post("/can-bo/vang-mat/", {**given, "reason": "Nghỉ phép"}).status_code == 302
    head = seated("phong.hoasen", node.agency.id)
    assert "Vũ Minh Đức" in text_of(head.get("/can-bo/vang-mat/"))
    row = Substitution.objects.get()
    neighbour = seated("chutich.hoamai", Agency.objects.get(code="H99.102").id)
    assert neighbour.post(f"/can-bo/vang-mat/{row.id}/ket-thuc/").status_code == 404
    assert head.post(f"/can-bo/vang-mat/{row.id}/ket-thuc/").status_code == 302  # a head leads
    row.refresh_from_db()
    assert row.ended_at is not None


def test_the_substitute_finds_the_files_of_the_absent_with_the_name(node: Node) -> None:
    standing = node.received()
    absent, other = (Officer.objects.get(account__login=each) for each in ("hotich.hoasen", "phong.hoasen"))
    actions.assign(standing.dossier_id, absent.id, by=node.clerk, at=node.noon)
    head = seated("phong.hoasen", node.agency.id)
    assert standing.dossier.code not in text_of(head.get("/can-bo/"))
    given = {
        "absent": absent.id,
        "substitute": other.id,
        "since": "10/11/2026",
        "until": "12/11/2026",
        "reason": "Ốm",
    }
    seated("chutich.hoasen", node.agency.id).post("/can-bo/vang-mat/", given)
    page = text_of(head.get("/can-bo/"))
    assert "đang làm thay</a>" in page
    assert standing.dossier.code in page
    assert "Vũ Minh Đức" in page
    assert act(head, standing.dossier, "chuyen", action="pass", note="").status_code == 302
    assert "Làm thay Vũ Minh Đức." in text_of(head.get(address(standing.dossier)))


def test_the_neighbour_takes_in_follows_and_sees_no_more(node: Node, neighbour: Client) -> None:
    page = text_of(neighbour.get(PAGE))
    assert "Ủy ban nhân dân phường Hoa Sen" in page
    response = neighbour.post(PAGE, typed())
    dossier = Dossier.objects.get()
    assert Standing.objects.get(pk=dossier.id).state == "submitted"
    assert "Hồ sơ tiếp nhận hộ" in text_of(neighbour.get(response["Location"]))
    listed = text_of(neighbour.get("/can-bo/tiep-nhan-ho/"))
    assert dossier.code in listed
    assert "Chưa tiếp nhận" in listed
    afar = f"/can-bo/tiep-nhan-ho/{dossier.code}/"
    text = text_of(neighbour.get(afar))
    assert "Ủy ban nhân dân phường Hoa Sen" in text
    assert "Trần Minh Khôi" not in text
    assert neighbour.get(f"{afar}giay-tiep-nhan/").status_code == 409
    assert neighbour.get(address(dossier)).status_code == 404
    assert neighbour.get(address(dossier, "in/01/")).status_code == 404
    for slug, status in (("tiep-nhan", 404), ("tra-ket-qua", 409), ("khong-co", 404)):
        posted = {"seen": Standing.objects.get().seq, "tra-ket-qua-how": "counter"}
        assert neighbour.post(f"{afar}{slug}/", posted).status_code == status
    actions.receive(dossier.id, by=node.reception, at=node.noon)
    assert neighbour.get(f"{afar}giay-tiep-nhan/").content.startswith(b"%PDF-")
    third = seated("tiepnhan.donglua", Agency.objects.get(code="H99.103").id)
    for path in (afar, f"{afar}giay-tiep-nhan/", f"{afar}ket-qua/", f"/can-bo/tiep-nhan-moi/xong/{dossier.code}/"):
        assert third.get(path).status_code == 404
    assert "Tiếp nhận hộ tại" in text_of(seated("hotich.hoasen", node.agency.id).get(address(dossier)))


def test_the_neighbour_adds_the_paper_that_was_asked_for(node: Node, neighbour: Client) -> None:
    neighbour.post(PAGE, typed())
    dossier = Dossier.objects.get()
    actions.ask_supplement(dossier.id, ["giay-chung-sinh"], "Bản quét mờ", by=node.reception, at=node.noon)
    afar = f"/can-bo/tiep-nhan-ho/{dossier.code}/"
    assert "Nộp bổ sung" in text_of(neighbour.get(afar))
    again = typed()["tep-giay-chung-sinh"]
    posted = {"seen": Standing.objects.get().seq, "nop-bo-sung-tep_giay-chung-sinh": again}
    assert neighbour.post(f"{afar}nop-bo-sung/", posted).status_code == 302
    assert Standing.objects.get().state == "submitted"


def test_a_forged_agency_is_not_on_offer(node: Node, counter: Client) -> None:
    for code in ("G99", "H99.01"):
        forged = typed(**{"quay-agency": str(Agency.objects.get(code=code).id)})
        assert counter.post(PAGE, forged).status_code == 422
    assert counter.post(PAGE, typed(**{"quay-agency": "x"})).status_code == 422
    assert not Dossier.objects.exists()


def test_the_lists_ask_few_questions(node: Node, neighbour: Client, django_assert_max_num_queries: Any) -> None:
    by = officer("tiepnhan.hoamai", Agency.objects.get(code="H99.102"))
    for many in (1, 3):
        while Dossier.objects.count() < many:
            submit(node.filing(channel="direct", return_by="counter"), by=by, at=node.noon)
        with django_assert_max_num_queries(8):
            page = neighbour.get("/can-bo/tiep-nhan-ho/")
        assert len(re.findall("data-row", text_of(page))) == many
