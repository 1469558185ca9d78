"""The worklist for a day's files: many at once, saved lists, notes, finding by QR code, the list as Excel, workload."""

import io
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
import segno
import zxingcpp
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.base.models import Fact
from motcua.catalogue import queries as catalogue
from motcua.desks.actions.notes import write_note
from motcua.desks.actions.views import save_view
from motcua.desks.models import Note, SavedView
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.rules import Owner
from motcua.printing.receipts import track_url
from tests.node import Node
from tests.sites.desk import Clock, address, seated, text_of

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def counter(node: Node) -> Client:
    return seated("tiepnhan.hoasen", node.agency.id)


@pytest.fixture
def clerk(node: Node) -> Client:
    return seated("hotich.hoasen", node.agency.id)


@pytest.fixture
def approver(node: Node) -> Client:
    return seated("chutich.hoasen", node.agency.id)


def ticked(*dossiers: Dossier) -> list[str]:
    """The boxes of the list as they are ticked on its page."""
    return [f"{each.id}~{Standing.objects.get(pk=each.id).seq}" for each in dossiers]


def states(*dossiers: Dossier) -> list[str]:
    return [Standing.objects.get(pk=each.id).state for each in dossiers]


# Many at once


def test_the_page_first_says_what_would_happen_and_does_nothing(node: Node, counter: Client) -> None:
    waiting, received = node.submitted(), node.received().dossier
    response = counter.post("/can-bo/hang-loat/tiep-nhan/", {"chon": ticked(waiting, received)})
    page = text_of(response)
    assert response.status_code == 200
    assert "Tiếp nhận: 1 hồ sơ" in page
    assert f'value="{ticked(waiting)[0]}" checked' in page
    assert "Hồ sơ đang ở bước không làm được việc này." in page
    assert states(waiting, received) == ["submitted", "received"]


def test_then_each_file_is_answered_for(node: Node, counter: Client) -> None:
    first, second = node.submitted(), node.submitted()
    boxes = ticked(first, second)
    actions.refuse(second.id, "Không thuộc thẩm quyền", by=node.reception, at=node.noon)
    page = text_of(counter.post("/can-bo/hang-loat/tiep-nhan/", {"chon": boxes, "_do": "1"}))
    assert "Đã xong 1 hồ sơ" in page
    assert "1 hồ sơ chưa làm được" in page
    assert second.code in page.partition("chưa làm được")[2]
    assert states(first, second) == ["received", "refused"]
    again = text_of(counter.post("/can-bo/hang-loat/tiep-nhan/", {"chon": boxes[:1], "_do": "1"}))
    assert "Đã xong 1 hồ sơ" in again
    assert Fact.objects.filter(name="dossiers.received").count() == 1


def test_a_head_signs_what_was_looked_at_and_the_rest_says_not_looked_at(
    node: Node, approver: Client, clock: Clock
) -> None:
    seen, unseen = node.received().dossier, node.received().dossier
    for dossier in (seen, unseen):
        actions.pass_on(dossier.id, "pass", by=node.clerk, at=node.noon + HOUR)
    approver.get(address(seen))
    boxes = ticked(seen, unseen)
    assert "Hồ sơ chưa xem" in text_of(approver.post("/can-bo/hang-loat/quyet-dinh/", {"chon": boxes}))
    page = text_of(approver.post("/can-bo/hang-loat/quyet-dinh/", {"chon": boxes, "_do": "1"}))
    assert "Hồ sơ chưa xem" in page
    assert states(seen, unseen) == ["decided", "processing"]


def test_many_are_given_to_a_colleague_and_passed_on(node: Node, clerk: Client, approver: Client) -> None:
    dossiers = [node.received().dossier for _ in range(2)]
    shown = text_of(approver.post("/can-bo/hang-loat/phan-cong/", {"chon": ticked(*dossiers)}))
    assert node.clerk.name in shown
    unanswered = approver.post("/can-bo/hang-loat/phan-cong/", {"chon": ticked(*dossiers), "_do": "1"})
    assert unanswered.status_code == 422
    given = {"chon": ticked(*dossiers), "_do": "1", "phan-cong-officer": node.clerk.id}
    assert "Đã xong 2 hồ sơ" in text_of(approver.post("/can-bo/hang-loat/phan-cong/", given))
    passed = {"chon": ticked(*dossiers), "_do": "1", "chuyen-action": "pass", "chuyen-note": ""}
    assert "Đã xong 2 hồ sơ" in text_of(clerk.post("/can-bo/hang-loat/chuyen/", passed))
    assert set(Standing.objects.values_list("role", flat=True)) == {"approver"}


@pytest.mark.parametrize(
    ("boxes", "status"),
    [([], 422), (["x~1"], 422), (["0" * 32 + "~x"], 422), ([f"{number:032x}~1" for number in range(201)], 422)],
)
def test_boxes_that_say_nothing_are_refused(node: Node, counter: Client, boxes: list[str], status: int) -> None:
    assert counter.post("/can-bo/hang-loat/tiep-nhan/", {"chon": boxes}).status_code == status


def test_the_bar_offers_what_the_roles_may_do(node: Node, counter: Client, clerk: Client) -> None:
    node.submitted()
    bar = text_of(counter.get("/can-bo/")).partition('id="hang-loat"')[2]
    assert "/hang-loat/tiep-nhan/" in bar
    assert "/hang-loat/quyet-dinh/" not in bar
    assert "/hang-loat/chuyen/" in text_of(clerk.get("/can-bo/?viec=tat-ca"))
    assert counter.post("/can-bo/hang-loat/dung/", {}).status_code == 404
    assert counter.get("/can-bo/hang-loat/tiep-nhan/")["Location"] == "/can-bo/"


def test_another_agencys_box_does_nothing(node: Node) -> None:
    dossier = node.submitted()
    stranger = seated("thuly.hoamai", node.stranger.agency)
    page = text_of(stranger.post("/can-bo/hang-loat/tiep-nhan/", {"chon": ticked(dossier), "_do": "1"}))
    assert dossier.code not in page
    assert "Hồ sơ không ở cơ quan này" in page
    assert states(dossier) == ["submitted"]


# Saved lists


def test_a_list_is_kept_and_stands_as_a_tab(node: Node, counter: Client) -> None:
    given = {"name": "Gấp", "query": "han=soon&sau=x&la=1&thu-tuc=1.001193", "role": "reception"}
    kept = counter.post("/can-bo/danh-sach/", given)
    assert kept["Location"] == "/can-bo/?han=soon&thu-tuc=1.001193"
    tab = 'href="?han=soon&amp;thu-tuc=1.001193" aria-current="page">Gấp'
    assert tab in text_of(counter.get(kept["Location"]))
    assert "Gấp" in text_of(counter.get("/can-bo/danh-sach/"))


def test_ones_own_list_is_renamed_and_dropped_a_colleagues_is_not(node: Node, counter: Client) -> None:
    own = save_view("Gấp", "han=soon", "", by=node.reception)
    theirs = save_view("Chung", "han=soon", "clerk", by=node.clerk)
    counter.post(f"/can-bo/danh-sach/{own.id}/", {"name": "Rất gấp"})
    assert SavedView.objects.get(pk=own.id).name == "Rất gấp"
    assert counter.post(f"/can-bo/danh-sach/{theirs.id}/", {"_drop": "1"}).status_code == 403
    assert counter.post("/can-bo/danh-sach/x/", {"name": "y"}).status_code == 404
    counter.post(f"/can-bo/danh-sach/{own.id}/", {"_drop": "1"})
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Chung"]


# Notes


def test_a_note_is_written_read_and_taken_back_by_officers_and_never_seen_by_the_citizen(
    node: Node, counter: Client, clerk: Client
) -> None:
    from tests.sites.desk import signed_in

    dossier = node.submitted()
    written = counter.post(address(dossier, "ghi-chu/"), {"text": "Gọi lại cho mẹ cháu"})
    assert written["Location"] == f"{address(dossier)}#ghi-chu"
    assert "Gọi lại cho mẹ cháu" in text_of(clerk.get(address(dossier)))
    assert "1 ghi chú" in text_of(clerk.get("/can-bo/?viec=tat-ca"))
    mother = signed_in("me.lan")
    for page in (f"/ho-so/{dossier.code}/", f"/tra-cuu/?ma={dossier.code}"):
        assert "Gọi lại" not in text_of(mother.get(page))
    note = Note.objects.get()
    assert clerk.post(address(dossier, f"ghi-chu/{note.id}/")).status_code == 403
    counter.post(address(dossier, f"ghi-chu/{note.id}/"))
    assert Note.objects.count() == 0


# Finding


def scanned(content: str) -> str:
    """What a scanner reads from the QR code of ``content``."""
    rows = [
        bytes(0 if dark else 255 for dark in row)
        for row in segno.make(content, error="m").matrix_iter(scale=4, border=4)
    ]
    picture = memoryview(b"".join(rows)).cast("B", shape=(len(rows), len(rows[0])))
    (found,) = zxingcpp.read_barcodes(picture)
    return str(found.text)


def test_the_qr_code_of_our_forms_opens_the_dossier(node: Node, counter: Client) -> None:
    dossier = node.submitted()
    read = scanned(track_url(dossier.code))
    assert read == track_url(dossier.code)
    assert counter.get(f"/can-bo/?q={quote(read)}")["Location"] == address(dossier)


@pytest.mark.parametrize("typed", ["{code}", " {lower} ", "https://elsewhere.test/tra-cuu/?ma={code}&x=1"])
def test_a_whole_code_opens_the_dossier(node: Node, counter: Client, typed: str) -> None:
    dossier = node.submitted()
    asked = typed.format(code=dossier.code, lower=dossier.code.lower())
    assert counter.get("/can-bo/", {"q": asked, "viec": "tat-ca"})["Location"] == address(dossier)


def test_another_agencys_code_opens_nothing(node: Node) -> None:
    dossier = node.submitted()
    response = seated("thuly.hoamai", node.stranger.agency).get(f"/can-bo/?q={dossier.code}")
    assert response.status_code == 200
    assert "Không có hồ sơ nào khớp" in text_of(response)


@pytest.mark.parametrize("asked", ["https://[x/?ma=1", "?ma=", "?", "x" * 400, "https://a.test/?ma=001196000101"])
def test_what_is_no_code_is_only_searched(node: Node, counter: Client, asked: str) -> None:
    node.submitted()
    assert counter.get("/can-bo/", {"q": asked}).status_code == 200


def test_the_list_of_one_officer_and_of_nobody(node: Node, approver: Client) -> None:
    free, given = node.received(), node.received()
    actions.assign(given.pk, node.clerk.id, by=node.clerk, at=node.noon + HOUR)
    found = {}
    for name in (node.clerk.id, "chua-giao"):
        page = text_of(approver.get(f"/can-bo/?viec=tat-ca&can-bo={name}")).partition("<tbody>")[2]
        found[name] = [each.dossier.code for each in (free, given) if each.dossier.code in page]
    assert found == {node.clerk.id: [given.dossier.code], "chua-giao": [free.dossier.code]}


# The list as Excel


def cells(response: Any) -> list[list[Any]]:
    page = openpyxl.load_workbook(io.BytesIO(response.content)).active
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]


def test_the_list_is_taken_as_it_is_filtered_and_that_is_on_record(node: Node, counter: Client) -> None:
    node.submitted()
    other = node.submitted(owner=Owner("=HYPERLINK(1)", "001085000102"))
    response = counter.get("/can-bo/tep/?viec=tat-ca&q=hyperlink")
    header, *rows = cells(response)
    assert header[:4] == ["Mã hồ sơ", "Mã thủ tục", "Thủ tục", "Chủ hồ sơ"]
    assert [row[:4] for row in rows] == [[other.code, "1.001193", "Đăng ký khai sinh", "=HYPERLINK(1)"]]
    assert "001085000102" not in str(rows)
    fact = Fact.objects.get(name="desks.list_taken")
    assert fact.data == {"agency": str(node.agency.id), "filters": ["q", "viec"], "lines": 1}


def test_a_list_that_is_too_long_is_refused_and_not_on_record(
    node: Node, counter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.sites.desk.views.taking.MOST", 1)
    node.submitted(), node.submitted()
    assert counter.get("/can-bo/tep/?viec=tat-ca").status_code == 409
    assert Fact.objects.filter(name="desks.list_taken").count() == 0


# Workload


def test_the_workload_leads_to_the_lists(node: Node, approver: Client, counter: Client) -> None:
    standing = node.received()
    actions.assign(standing.pk, node.clerk.id, by=node.clerk, at=node.noon + HOUR)
    page = text_of(approver.get("/can-bo/khoi-luong/"))
    assert f"viec=tat-ca&amp;can-bo={node.clerk.id}" in page
    assert "sắp đến hạn <strong>1</strong>" in page
    assert counter.get("/can-bo/khoi-luong/").status_code == 403


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_with_notes_and_saved_lists_costs_the_same_however_long(
    node: Node, counter: Client, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(many):
        write_note(node.received().pk, "Nhớ gọi lại", by=node.clerk, at=node.noon)
        save_view(f"{number}", "", "", by=node.reception)
    catalogue._plans.clear()
    # session, account, posts, roles; office days, list, editions, notes, counts, saved lists
    with django_assert_num_queries(10):
        response = counter.get("/can-bo/?viec=tat-ca")
    assert [row.notes for row in response.context["rows"]] == [1] * many
