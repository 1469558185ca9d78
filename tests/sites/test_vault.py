"""The pages of the vault: what is there, whom it is shown to, who looked; the desk's page of what is shared."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.base.ids import new_id
from motcua.base.models import Fact
from motcua.people.models import Agency, Citizen, Membership, Organisation
from motcua.results import actions as results
from motcua.results.models import Result
from motcua.sites.frame.purposes import PURPOSES
from motcua.vault.models import Item, Share, Version
from tests.node import Node
from tests.sites.desk import Clock, seated, signed_in, text_of
from tests.vault.conftest import registered


@pytest.fixture
def mother(committed_node: Node, clock: Clock) -> Node:
    """The node after a birth certificate was handed over; it is the next morning."""
    registered(committed_node)
    clock.at = committed_node.noon + timedelta(days=1)
    return committed_node


def certificate() -> Version:
    return Version.objects.select_related("item").get(result__isnull=False)


def shares(client: Client, **changes: str) -> Any:
    """Share the certificate as the page asks: with Mr Hùng."""
    given = {"to": "person", "identity_number": "001085000102", "purpose": "Làm hộ chiếu cho con",
             "until": "20/11/2026", "version": str(certificate().id)}  # fmt: skip
    return client.post(f"/kho/{certificate().item_id}/", given | changes)


def test_an_empty_vault_says_what_will_be_there(node: Node, clock: Clock) -> None:
    page = text_of(signed_in("chu.hung").get("/kho/"))
    assert "Kho chưa có gì" in page
    assert "kết quả khi cơ quan trả cho bạn" in page
    assert "Chưa có ai xem" in text_of(signed_in("chu.hung").get("/kho/ai-da-xem/"))


def test_the_vault_shows_groups_with_source_trust_and_the_state_as_it_is_now(mother: Node) -> None:
    client = signed_in("me.lan")
    page = text_of(client.get("/kho/"))
    assert [
        page.index(each) for each in ("Kết quả giải quyết thủ tục", "Giấy tờ đã nộp và được chấp nhận")
    ] == sorted(page.index(each) for each in ("Kết quả giải quyết thủ tục", "Giấy tờ đã nộp và được chấp nhận"))
    for told in ("Giấy khai sinh", "1/2026/KQ-H99.101", "Đang có hiệu lực", "Giấy chứng sinh",
                 "Cán bộ đã chấp nhận khi tiếp nhận hồ sơ", "Kết quả chưa ký số"):  # fmt: skip
        assert told in page
    results.revoke(Result.objects.get().id, "Cấp sai", "13/QĐ", by=mother.approver, at=mother.noon)
    page = text_of(client.get("/kho/"))
    assert "Đã bị thu hồi" in page
    assert "Đang có hiệu lực" not in page


def test_an_item_tells_its_use_its_verification_and_gives_its_file(mother: Node) -> None:
    client, version = signed_in("me.lan"), certificate()
    page = text_of(client.get(f"/kho/{version.item_id}/"))
    assert "Kiểm tra kết quả này" in page
    assert "/ket-qua/?so=1/2026/KQ-H99.101" in page
    found = client.get(f"/kho/tep/{version.id}/")
    assert found["Content-Type"] == "application/pdf"
    assert "attachment" in found["Content-Disposition"]
    assert b"".join(found.streaming_content)[:5] == b"%PDF-"


def test_nobody_reaches_what_is_not_his(mother: Node) -> None:
    version = certificate()
    share = shares(signed_in("me.lan"), identity_number="001090000199")  # nobody's number here
    assert share.status_code == 302
    given = Share.objects.get()
    stranger, officer = signed_in("chu.hung"), seated("tiepnhan.hoasen", mother.agency.id)
    attacks = [
        (stranger, "get", f"/kho/{version.item_id}/"),
        (stranger, "post", f"/kho/{version.item_id}/"),
        (stranger, "get", f"/kho/tep/{version.id}/"),
        (stranger, "post", f"/kho/chia-se/{given.id}/thu-hoi/"),
        (stranger, "get", f"/kho/duoc-chia-se/{given.id}/"),
        (stranger, "get", f"/kho/duoc-chia-se/{given.id}/tep/"),
        (signed_in("me.lan"), "get", f"/kho/duoc-chia-se/{given.id}/"),
        (signed_in("me.lan"), "get", f"/kho/{new_id()}/"),
        (signed_in("me.lan"), "get", f"/kho/tep/{version.item_id}/"),
        (officer, "get", f"/can-bo/duoc-chia-se/{given.id}/"),
        (officer, "get", f"/can-bo/duoc-chia-se/{given.id}/tep/"),
        (officer, "get", "/can-bo/duoc-chia-se/khong/"),
    ]
    before = Fact.objects.count()
    assert [getattr(client, how)(where).status_code for client, how, where in attacks] == [404] * len(attacks)
    assert officer.get("/kho/").status_code == 403
    assert stranger.get(f"/kho/?to-chuc={new_id()}").status_code == 403
    assert Fact.objects.count() == before
    assert Share.objects.filter(revoked_at=None).count() == 1


def test_a_person_finds_what_is_shared_and_the_owner_sees_each_look(mother: Node, clock: Clock) -> None:
    lan, hung = signed_in("me.lan"), signed_in("chu.hung")
    assert shares(lan).status_code == 302
    share = Share.objects.get()
    assert "Được chia sẻ với tôi" in text_of(hung.get("/kho/"))
    assert "Làm hộ chiếu cho con" in text_of(hung.get(f"/kho/duoc-chia-se/{share.id}/"))
    assert hung.get(f"/kho/duoc-chia-se/{share.id}/tep/").status_code == 200
    seen = text_of(lan.get("/kho/ai-da-xem/"))
    assert seen.count("Trần Văn Hùng") == 2
    assert 'Xem giấy tờ được chia sẻ: <span lang="vi">Làm hộ chiếu cho con</span>' in seen
    clock.at = mother.noon + timedelta(days=11)  # the day after the last one
    later = signed_in("chu.hung")  # a session is shorter
    assert later.get(f"/kho/duoc-chia-se/{share.id}/").status_code == 404
    assert "Được chia sẻ với tôi" not in text_of(later.get("/kho/"))
    clock.at = mother.noon + timedelta(days=2)
    lan, hung = signed_in("me.lan"), signed_in("chu.hung")
    assert hung.get(f"/kho/duoc-chia-se/{share.id}/").status_code == 200
    assert lan.post(f"/kho/chia-se/{share.id}/thu-hoi/").status_code == 302
    assert hung.get(f"/kho/duoc-chia-se/{share.id}/").status_code == 404
    assert hung.get(f"/kho/duoc-chia-se/{share.id}/tep/").status_code == 404  # the page may still be open
    assert lan.post(f"/kho/chia-se/{share.id}/thu-hoi/").status_code == 404


def test_sharing_never_tells_whether_a_number_is_registered(mother: Node) -> None:
    lan = signed_in("me.lan")
    known, unknown = shares(lan), shares(lan, identity_number="001085999999")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    page = text_of(lan.get(f"/kho/{certificate().item_id}/"))
    assert "********0102" in page
    assert "********9999" in page
    assert "Trần Văn Hùng" not in page


def test_a_form_that_is_wrong_is_told_and_nothing_is_shared(mother: Node) -> None:
    lan = signed_in("me.lan")
    wrong = [
        ({"identity_number": ""}, "Hãy chọn một cơ quan, hoặc nhập số định danh"),
        ({"identity_number": "12"}, "12 chữ số"),
        ({"identity_number": "001196000101"}, "số định danh của chính bạn"),
        ({"purpose": " "}, "Mục này chưa được trả lời"),
        ({"until": "10/11/2026"}, "phải từ hôm nay"),
        ({"until": "10/02/2027"}, "phải từ hôm nay đến 09/02/2027"),
        ({"until": "31/02/2027"}, "Ngày phải có thật"),
        ({"to": "agency", "agency": ""}, "Không có cơ quan nào mang tên"),
        ({"to": "agency", "agency": "Ủy ban nhân dân"}, "Có nhiều cơ quan như vậy"),
        ({"to": "agency", "agency": "Không có ở đâu"}, "Không có cơ quan nào mang tên"),
    ]
    for changes, told in wrong:
        answer = shares(lan, **changes)
        assert (answer.status_code, told in text_of(answer)) == (422, True) or (answer.status_code, told in text_of(
            answer)) == (409, True), changes  # fmt: skip
    assert Share.objects.count() == 0
    assert not Fact.objects.filter(name="vault.shared").exists()


def test_an_agency_finds_what_is_shared_with_it_and_no_other_does(mother: Node) -> None:
    lan = signed_in("me.lan")
    assert shares(lan, to="agency", agency="H99.102", identity_number="").status_code == 302
    share = Share.objects.get()
    there = seated("thuly.hoamai", Agency.objects.get(code="H99.102").id)
    here = seated("hotich.hoasen", mother.agency.id)
    assert "Làm hộ chiếu cho con" in text_of(there.get("/can-bo/duoc-chia-se/"))
    assert "Làm hộ chiếu cho con" not in text_of(here.get("/can-bo/duoc-chia-se/"))
    assert "1/2026/KQ-H99.101" in text_of(there.get(f"/can-bo/duoc-chia-se/{share.id}/"))
    assert there.get(f"/can-bo/duoc-chia-se/{share.id}/tep/")["Content-Type"] == "application/pdf"
    assert here.get(f"/can-bo/duoc-chia-se/{share.id}/").status_code == 404
    seen = text_of(lan.get("/kho/ai-da-xem/"))
    assert seen.count("phường Hoa Mai") == 2


def test_every_look_at_a_dossier_stands_in_the_list_of_its_filer(mother: Node) -> None:
    lan, desk = signed_in("me.lan"), seated("hotich.hoasen", mother.agency.id)
    code = "H99.101-261110-0001"
    assert desk.get(f"/can-bo/ho-so/{code}/").status_code == 200
    counter = seated("tiepnhan.hoasen", mother.agency.id)
    assert counter.get("/can-bo/tep/?trang-thai=handed_over").status_code == 200
    seen = text_of(lan.get("/kho/ai-da-xem/"))
    assert "Giải quyết hồ sơ" in seen
    assert "Ủy ban nhân dân phường Hoa Sen" in seen
    english = text_of(lan.get("/en/kho/ai-da-xem/"))
    assert "Handling the dossier" in english
    assert "Giải quyết hồ sơ" not in english
    assert f"/ho-so/{code}/" in seen
    assert "Chưa có ai xem" in text_of(signed_in("chu.hung").get("/kho/ai-da-xem/"))


def test_members_open_the_vault_of_their_organisation_and_others_do_not(mother: Node) -> None:
    shop = Organisation.objects.create(tax_code="0100109106", name="Công ty Hoa Sen", folded_name="cong ty hoa sen")
    Membership.objects.create(organisation=shop, citizen=Citizen.objects.get(pk=mother.mother.id), legal=True)
    version = certificate()
    Item.objects.filter(pk=version.item_id).update(citizen=None, organisation=shop)
    lan = signed_in("me.lan")
    assert "Giấy khai sinh" not in text_of(lan.get("/kho/"))
    page = text_of(lan.get(f"/kho/?to-chuc={shop.id}"))
    assert "Giấy khai sinh" in page
    assert "Kho của:" in page
    assert lan.get(f"/kho/{version.item_id}/").status_code == 200
    assert lan.get(f"/kho/ai-da-xem/?to-chuc={shop.id}").status_code == 200
    hung = signed_in("chu.hung")
    where = [f"/kho/?to-chuc={shop.id}", f"/kho/ai-da-xem/?to-chuc={shop.id}", f"/kho/{version.item_id}/",
             "/kho/?to-chuc=x"]  # fmt: skip
    assert [hung.get(each).status_code for each in where] == [403, 403, 404, 404]


def test_the_pages_ask_as_often_for_one_as_for_three(mother: Node) -> None:
    lan, holder = signed_in("me.lan"), UUID(mother.mother.id)
    lan.get("/kho/")

    def asked(where: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert lan.get(where).status_code == 200
        return len(queries)

    one = [asked(where) for where in ("/kho/", "/kho/ai-da-xem/")]
    registered(mother, later=timedelta(hours=1))
    registered(mother, later=timedelta(hours=2))
    seated("hotich.hoasen", mother.agency.id).get("/can-bo/ho-so/H99.101-261110-0002/")
    assert Item.objects.filter(citizen=holder, kind="result").count() == 3
    three = [asked(where) for where in ("/kho/", "/kho/ai-da-xem/")]
    assert three[0] == one[0]
    assert three[1] <= one[1] + 3  # names of readers, posts and agencies, once there are any


def test_of_a_paper_whose_last_dossier_was_refused_the_one_before_is_shown_and_every_version_stays(
    mother: Node,
) -> None:
    registered(mother, granted=False, later=timedelta(days=1))
    lan = signed_in("me.lan")
    page, item = text_of(lan.get("/kho/")), Item.objects.get(kind="paper")
    assert (Version.objects.filter(item=item).count(), "Không còn được chấp nhận" in page) == (2, False)
    page = text_of(lan.get(f"/kho/{item.id}/"))
    assert page.index("Không còn được chấp nhận") < page.index("Đã được chấp nhận")


def test_who_reads_a_signed_result_in_the_registry_is_not_said_to_have_looked_before_signing(mother: Node) -> None:
    desk = seated("hotich.hoasen", mother.agency.id)
    result = Result.objects.get()
    assert desk.get(f"/can-bo/ket-qua/{result.id}/").status_code == 200
    seen = text_of(signed_in("me.lan").get("/kho/ai-da-xem/"))
    assert "Xem kết quả: " in seen
    assert "Xem sổ kết quả" in seen
    assert "trước khi ký" not in seen


def test_every_purpose_has_its_words() -> None:
    code = "\n".join(file.read_text() for file in (Path(__file__).parents[2] / "motcua").rglob("*.py"))
    used = re.findall(r"^PURPOSE\b.* = \"([^\"]+)\"", code, re.MULTILINE) + re.findall(
        r"\blook\([^\n\"]*\"(\w+)\"", code
    )
    assert {*used, "program", "registry", "shared"} == PURPOSES.keys()
