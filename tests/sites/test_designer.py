"""The designer's pages: who may come in, how a draft begins, changes, is reviewed and published."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.base import ledger
from motcua.catalogue.models import Edition
from tests.node import BIRTH, Node
from tests.sites.desk import Clock, signed_in, text_of

pytestmark = pytest.mark.django_db


def test_only_those_who_design_or_review_come_in(node: Node, clock: Clock) -> None:
    assert signed_in("quantri").get("/quan-tri/").status_code == 200
    assert signed_in("chutich.hoasen").get("/quan-tri/").status_code == 200
    refused = signed_in("tiepnhan.hoasen").get("/quan-tri/")
    assert refused.status_code == 403
    assert "Trang này dành cho quản trị hệ thống" in text_of(refused)


def test_the_list_finds_a_procedure_without_accents(node: Node, clock: Clock) -> None:
    client = signed_in("quantri")
    assert "Đăng ký khai sinh" in text_of(client.get("/quan-tri/?q=khai sinh"))
    assert "Không có thủ tục nào" in text_of(client.get("/quan-tri/?q=nuoi ong"))


def test_a_new_procedure_begins_as_a_sound_draft(node: Node, clock: Clock) -> None:
    client = signed_in("quantri")
    answer = client.post(
        "/quan-tri/moi/", {"code": "9.000777", "name": "Cấp thẻ thư viện", "name_en": "Library card"}
    )
    edition = Edition.objects.get(procedure__code="9.000777")
    assert (answer.status_code, answer.url) == (302, f"/quan-tri/ban-nhap/{edition.id}/")
    assert (edition.state, edition.changed_by) == ("draft", "Quản trị Minh Hoạ")
    page = text_of(client.get(answer.url))
    assert "Cấp thẻ thư viện" in page and "4 bước" in page and "chỗ cần sửa" not in page


def test_a_code_that_is_taken_begins_nothing(node: Node, clock: Clock) -> None:
    answer = signed_in("quantri").post("/quan-tri/moi/", {"code": BIRTH, "name": "Khai sinh nữa"})
    assert answer.status_code == 422 or answer.status_code == 409
    assert "đã có trong danh mục" in text_of(answer)
    assert Edition.objects.filter(procedure__code=BIRTH).count() == 1


def test_the_next_edition_begins_from_the_one_in_force(node: Node, clock: Clock) -> None:
    client = signed_in("quantri")
    client.post(f"/quan-tri/thu-tuc/{BIRTH}/phien-ban-moi/")
    draft = Edition.objects.get(procedure__code=BIRTH, state="draft")
    published = Edition.objects.get(procedure__code=BIRTH, state="published")
    assert draft.number == published.number + 1
    assert draft.definition["process"] == published.definition["process"]
    assert "Đang soạn và đang duyệt" in text_of(client.get("/quan-tri/?loc=nhap"))


def bench(code: str = BIRTH) -> Edition:
    """A draft to work on: the next edition of a shipped procedure."""
    signed_in("quantri").post(f"/quan-tri/thu-tuc/{code}/phien-ban-moi/")
    return Edition.objects.get(procedure__code=code, state="draft")


def at(edition: Edition, more: str = "") -> str:
    return f"/quan-tri/ban-nhap/{edition.id}/{more}"


def seen(edition: Edition) -> str:
    return Edition.objects.get(id=edition.id).content_hash


def form_of(edition: Edition) -> dict[str, Any]:
    return Edition.objects.get(id=edition.id).definition["form"]


def test_every_page_of_the_form_designer_stands(node: Node, clock: Clock) -> None:
    edition, client = bench(), signed_in("quantri")
    pages = ["to-khai/", "to-khai/phan/", "to-khai/quy-tac/", "xem-thu/", "xem-thu/can-bo/"]
    pages += [f"to-khai/phan/{part['code']}/" for part in form_of(edition)["x-sections"]]
    pages += [
        f"to-khai/phan/{form_of(edition)['x-sections'][0]['code']}/cau-hoi/{kind}" for kind in ("", "?loai=choice")
    ]
    pages += [f"to-khai/cau-hoi/{name}/" for name in form_of(edition)["properties"]]
    for language in ("", "/en"):
        for page in pages:
            assert (client.get(language + at(edition, page)).status_code, page) == (200, page)


def test_a_question_is_added_changed_moved_and_removed(node: Node, clock: Clock) -> None:
    edition, client = bench(), signed_in("quantri")
    section = form_of(edition)["x-sections"][0]
    page = at(edition, f"to-khai/phan/{section['code']}/cau-hoi/?loai=money")
    given = {
        "seen": seen(edition),
        "title": "Số tiền xin miễn",
        "title_en": "Amount",
        "name": "so_tien",
        "most": "5000000",
    }
    assert client.post(page, given).status_code == 302
    assert form_of(edition)["properties"]["so_tien"] == {
        "type": "integer", "minimum": 0, "maximum": 5000000, "x-widget": "money", "title": "Số tiền xin miễn",
        "x-en": "Amount",
    }  # fmt: skip
    before = form_of(edition)["x-sections"][0]["fields"]
    assert before[-1] == "so_tien"
    client.post(at(edition, "to-khai/"), {"seen": seen(edition), "_do": "up:so_tien"})
    assert form_of(edition)["x-sections"][0]["fields"][-2] == "so_tien"
    first = form_of(edition)["x-sections"][0]["fields"][0]
    change = {"seen": seen(edition), "title": "Số tiền", "title_en": "Sum", "required": "on",
              "when_0": f'{{"field": "{first}", "op": "filled"}}'}  # fmt: skip
    assert client.post(at(edition, "to-khai/cau-hoi/so_tien/?loai=whole"), change).status_code == 302
    assert form_of(edition)["properties"]["so_tien"]["x-when"] == [{"field": first, "op": "filled"}]
    assert "so_tien" in form_of(edition)["required"]
    client.post(at(edition, "to-khai/"), {"seen": seen(edition), "_do": "remove:so_tien"})
    assert "so_tien" not in form_of(edition)["properties"]


def test_two_at_once_are_told_and_nothing_typed_is_lost(node: Node, clock: Clock) -> None:
    edition, client = bench(), signed_in("quantri")
    old, section = seen(edition), form_of(edition)["x-sections"][0]["code"]
    page = at(edition, f"to-khai/phan/{section}/cau-hoi/?loai=text")
    assert client.post(page, {"seen": old, "title": "Câu thứ nhất", "title_en": "One"}).status_code == 302
    late = client.post(page, {"seen": old, "title": "Câu thứ hai", "title_en": "Two"})
    assert late.status_code == 409
    assert "Quản trị Minh Hoạ vừa sửa bản nháp này" in text_of(late)
    assert 'value="Câu thứ hai"' in text_of(late)
    assert "cau_thu_hai" not in form_of(edition)["properties"]


def test_a_name_that_stands_twice_and_a_wrong_condition_change_nothing(node: Node, clock: Clock) -> None:
    edition, client = bench(), signed_in("quantri")
    before, section = seen(edition), form_of(edition)["x-sections"][0]
    page = at(edition, f"to-khai/phan/{section['code']}/cau-hoi/?loai=text")
    twice = client.post(page, {"seen": before, "title": "Lại", "name": section["fields"][0]})
    assert (twice.status_code, "đã có ở câu hỏi" in text_of(twice)) == (422, True)
    made_up = client.post(page, {"seen": before, "title": "Lạ", "when_0": '{"field": "la", "op": "filled"}'})
    assert made_up.status_code == 422
    many = "\n".join(f"Lựa chọn {number}" for number in range(10_000))
    options = client.post(
        page.replace("=text", "=choice"), {"seen": before, "title": "Chọn", "options": many[:99_000]}
    )
    assert (options.status_code, "cần từ 1 đến 1000" in text_of(options)) == (422, True)
    assert seen(edition) == before


def test_the_preview_checks_as_the_portal_does_and_keeps_nothing(node: Node, clock: Clock) -> None:
    edition, client = bench(), signed_in("quantri")
    before, page = seen(edition), at(edition, "xem-thu/")
    wrong = client.post(page, {"_answers": "{}"})
    assert (wrong.status_code, "Mục này chưa được trả lời." in text_of(wrong)) == (422, True)
    strange = client.post(page, {"_answers": "{}", "khong_co": "1"})
    assert (strange.status_code, "Tờ khai không có mục: khong_co" in text_of(strange)) == (422, True)
    assert client.post(page, {"_answers": "[[[["}).status_code == 422
    assert seen(edition) == before


def test_what_is_published_or_in_review_is_only_read(node: Node, clock: Clock) -> None:
    published, client = Edition.objects.get(procedure__code=BIRTH), signed_in("quantri")
    page = client.get(at(published, "to-khai/"))
    assert "Chỉ xem" in text_of(page) and "Thêm câu hỏi" not in text_of(page)
    name = form_of(published)["x-sections"][0]["fields"][0]
    refused = client.post(at(published, "to-khai/"), {"seen": seen(published), "_do": f"down:{name}"})
    assert (refused.status_code, "đã công bố không sửa được" in text_of(refused)) == (409, True)
    by_approver = signed_in("chutich.hoasen").post(
        at(bench(), "to-khai/"), {"seen": seen(bench_of()), "_do": f"down:{name}"}
    )
    assert by_approver.status_code == 403


def bench_of() -> Edition:
    return Edition.objects.get(state="draft")


def definition_of(edition: Edition) -> dict[str, Any]:
    return Edition.objects.get(id=edition.id).definition


def post(edition: Edition, page: str, **given: Any) -> Any:
    return signed_in("quantri").post(at(edition, page), {"seen": seen(edition), **given})


def test_every_page_about_the_head_stands(node: Node, clock: Clock) -> None:
    edition, client = bench(), signed_in("quantri")
    pages = ["", "thong-tin/", "thoi-han/", "thoi-han/cach-tinh/", "thoi-han/online/1/", "giay-to/", "giay-to/them/"]
    pages += [
        "giay-to/1/",
        "ket-qua/",
        "ket-qua/them/",
        "ket-qua/1/",
        "khac-biet/",
        "khac-biet/?voi=1",
        "cong-bo/",
        "tep/",
    ]
    for language in ("", "/en"):
        for page in pages:
            assert (client.get(language + at(edition, page)).status_code, page) == (200, page)
    for page in ("thoi-han/online/9/", "thoi-han/la/1/", "giay-to/99/", "ket-qua/99/", "to-khai/cau-hoi/la/"):
        assert (client.get(at(edition, page)).status_code, page) == (404, page)


def test_saving_a_page_as_it_stands_changes_nothing(node: Node, clock: Clock) -> None:
    edition, client = bench(), signed_in("quantri")
    before = seen(edition)
    pages = [
        "thong-tin/",
        "thoi-han/cach-tinh/",
        "thoi-han/online/1/",
        "giay-to/1/",
        "ket-qua/1/",
        "to-khai/quy-tac/",
    ]
    pages += [f"to-khai/cau-hoi/{name}/" for name in form_of(edition)["properties"]]
    pages += [f"to-khai/phan/{part['code']}/" for part in form_of(edition)["x-sections"]]
    for page in pages:
        shown = client.get(at(edition, page)).context["typed"]
        given = {name: shown[name].value() for name in shown.fields}
        answer = post(edition, page, **dict(boxes(given)))
        assert (page, answer.status_code, seen(edition)) == (page, 302, before)


def boxes(given: dict[str, Any]) -> list[tuple[str, Any]]:
    """What a browser posts for these values: no box for what is empty or not ticked, days as they are written."""
    found = []
    for name, value in given.items():
        if value is None or value is False or value in ("", []):
            continue
        found.append(
            (name, "on" if value is True else value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else value)
        )
    return found


def test_limit_fee_paper_and_result_are_written(node: Node, clock: Clock) -> None:
    edition = bench()
    fee = {"fee_kind_0": "charge", "fee_amount_0": "8.000", "fee_per_0": "bản"}
    post(edition, "thoi-han/online/1/", amount="3", unit="working_days", **fee)
    assert definition_of(edition)["channels"]["online"] == [
        {"limit": {"working_days": 3}, "fees": [{"kind": "charge", "amount_vnd": 8000, "per": "bản"}]}
    ]
    refused = post(edition, "thoi-han/online/1/", amount="3", unit="working_days", fee_amount_0="tám nghìn")
    assert (refused.status_code, "Số tiền chỉ gồm chữ số" in text_of(refused)) == (422, True)
    post(edition, "thoi-han/", _do="add:postal")
    assert definition_of(edition)["channels"]["postal"] == [{}]
    post(edition, "giay-to/them/", name="Bản khai của người làm chứng", originals="1")
    assert definition_of(edition)["papers"][-1] == {
        "code": "ban-khai-cua-nguoi-lam-chung", "name": "Bản khai của người làm chứng", "originals": 1,
        "required": False,
    }  # fmt: skip
    post(edition, "ket-qua/them/", name="Trích lục", template="ket-qua")
    assert definition_of(edition)["results"][-1] == {"name": "Trích lục", "template": "ket-qua"}
    page = text_of(signed_in("quantri").get(at(edition, "khac-biet/")))
    assert "Giấy tờ: thêm Bản khai của người làm chứng" in page and "3 ngày làm việc" in page
    assert "Các bước cộng lại 8 giờ" in text_of(signed_in("quantri").get(at(edition, "cong-bo/")))


def test_a_day_that_is_none_changes_nothing(node: Node, clock: Clock) -> None:
    edition = bench()
    before = seen(edition)
    shown = signed_in("quantri").get(at(edition, "thong-tin/")).context["typed"]
    given = dict(boxes({name: shown[name].value() for name in shown.fields}))
    for day in ("30/02/2027", "2027-02-01", "mai"):
        answer = post(edition, "thong-tin/", **(given | {"begins": day}))
        assert (answer.status_code, "Ngày phải có thật" in text_of(answer)) == (422, True)
    answer = post(edition, "thong-tin/", **(given | {"begins": "01/03/2027", "until": "01/03/2027"}))
    assert (answer.status_code, "không đứng sau ngày bắt đầu" in text_of(answer)) == (422, True)
    assert seen(edition) == before


def test_a_draft_is_reviewed_sent_back_and_published(node: Node, clock: Clock) -> None:
    edition = bench()
    post(edition, "ket-qua/them/", name="Trích lục", template="ket-qua")
    assert post(edition, "cong-bo/", _do="publish").status_code == 403
    assert post(edition, "cong-bo/", _do="send").status_code == 302
    approver = signed_in("chutich.hoasen")
    assert "Trả lại để sửa" in text_of(approver.get(at(edition, "cong-bo/")))
    empty = approver.post(at(edition, "cong-bo/"), {"_do": "send_back", "reason": " "})
    assert (empty.status_code, "Chưa ghi lý do trả lại." in text_of(empty)) == (422, True)
    assert approver.post(at(edition, "cong-bo/"), {"_do": "send_back", "reason": "Thiếu mẫu in."}).status_code == 302
    assert "Thiếu mẫu in." in text_of(signed_in("quantri").get(at(edition)))
    post(edition, "cong-bo/", _do="send")
    assert approver.post(at(edition, "cong-bo/"), {"_do": "publish"}).status_code == 302
    edition.refresh_from_db()
    assert (edition.state, edition.number) == ("published", 2)
    facts = [fact.name for fact in ledger.facts_of(f"procedure:{BIRTH}")][-5:]
    told = [
        "edition_revised",
        "edition_sent",
        "edition_sent_back",
        "edition_sent",
        "edition_expired",
        "edition_published",
    ]
    assert facts == [f"catalogue.{name}" for name in told[-5:]]


def test_a_draft_with_problems_is_not_sent(node: Node, clock: Clock) -> None:
    edition = bench()
    post(edition, "thoi-han/online/1/", amount="3", unit="working_days")
    answer = post(edition, "cong-bo/", _do="send")
    assert answer.status_code == 422
    assert Edition.objects.get(id=edition.id).state == "draft"


def test_a_draft_thrown_away_leaves_its_fact(node: Node, clock: Clock) -> None:
    edition = bench()
    assert post(edition, "cong-bo/", _do="discard").status_code == 302
    assert not Edition.objects.filter(id=edition.id).exists()
    assert [fact.name for fact in ledger.facts_of(f"procedure:{BIRTH}")][-1] == "catalogue.edition_discarded"
    assert signed_in("quantri").get(at(edition)).status_code == 404


def test_a_file_goes_out_and_comes_back_as_an_equal_draft(node: Node, clock: Clock) -> None:
    published, client = Edition.objects.get(procedure__code=BIRTH), signed_in("quantri")
    answer = client.get(at(published, "tep/"))
    assert answer["Content-Disposition"] == 'attachment; filename="1.001193-1.yaml"'
    back = client.post("/quan-tri/nap-tep/", {"file": SimpleUploadedFile("phien-ban.yaml", answer.content)})
    draft = Edition.objects.get(state="draft")
    assert (back.status_code, draft.definition) == (302, published.definition)


def test_a_file_that_is_none_becomes_nothing(node: Node, clock: Clock) -> None:
    client = signed_in("quantri")
    for content, words in (
        (b"a: &a [1]\nb: *a", "an alias"),
        (b"- 1", "không đúng dạng"),
        (b"x" * 2_000_001, "Tệp dài hơn 2 MB"),
        (b"", "Tệp không có nội dung"),
        (b"procedure: la la\nname: {vi: A}\nin_force: {from: 2026-01-01}", "is no code"),
    ):
        answer = client.post("/quan-tri/nap-tep/", {"file": SimpleUploadedFile("a.yaml", content)})
        assert (answer.status_code, words in text_of(answer)) == (422, True), words
    assert not Edition.objects.filter(state="draft").exists()


def test_a_question_that_the_process_names_is_missed_at_once(node: Node, clock: Clock) -> None:
    edition = bench()
    definition = definition_of(edition)
    definition["process"][1]["then"]["pass"] = {
        "to": definition["process"][1]["then"]["pass"],
        "when": "ghi_them == 'x'",
    }
    Edition.objects.filter(id=edition.id).update(definition=definition)
    assert "chỗ cần sửa" in text_of(signed_in("quantri").get(at(edition)))
    assert "ghi_them" in text_of(signed_in("quantri").get(at(edition, "cong-bo/")))


@pytest.mark.parametrize(("login", "leads"), [("quantri", True), ("chutich.hoasen", True), ("hotich.hoasen", False)])
def test_whoever_may_design_finds_the_way_from_the_desk_and_back(node: Node, login: str, leads: bool) -> None:
    client = signed_in(login)
    desk = client.get("/can-bo/").content.decode()
    assert ('href="/quan-tri/"' in desk) is leads
    if leads:
        assert 'href="/can-bo/"' in client.get("/quan-tri/").content.decode()


def test_what_the_page_does_not_show_of_a_fee_stays_when_it_is_saved(node: Node, clock: Clock) -> None:
    edition = bench()
    fee = {
        "name": "Phí", "kind": "fee", "amount_vnd": 8000, "per": "bản", "quantity_from": "so_ban_sao", "due": "result",
        "table": [{"when": "!xin_ban_sao", "amount_vnd": 0}], "exempt": [{"when": "xin_ban_sao", "reason": "Hộ nghèo"}],
    }  # fmt: skip
    words_only = {"text": "Theo số phòng"}
    edition.definition["channels"]["online"] = [{"limit": {"working_days": 3}, "fees": [fee, words_only]}]
    Edition.objects.filter(pk=edition.pk).update(definition=edition.definition)
    boxes = {
        "fee_name_0": "Phí", "fee_kind_0": "fee", "fee_amount_0": "9.000", "fee_per_0": "bản",
        "fee_quantity_from_0": "so_ban_sao",
    }  # fmt: skip
    post(edition, "thoi-han/online/1/", amount="3", unit="working_days", **boxes)
    assert definition_of(edition)["channels"]["online"][0]["fees"] == [fee | {"amount_vnd": 9000}, words_only]
    post(edition, "thoi-han/online/1/", amount="3", unit="working_days", **boxes, fee_due_0="reception")
    assert definition_of(edition)["channels"]["online"][0]["fees"][0]["due"] == "reception"
    post(edition, "thoi-han/online/1/", amount="3", unit="working_days", **boxes, fee_due_0="result")
    assert definition_of(edition)["channels"]["online"][0]["fees"][0]["due"] == "result"
