"""The desk: documents looked at and signed together, the registry of the agency and what happens to a result."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from motcua.base.models import Fact
from motcua.base.wires import bind
from motcua.dossiers import actions
from motcua.dossiers.models import Standing
from motcua.people.models import Agency, Post
from motcua.results import actions as results
from motcua.results.models import Result, SignatureAsked
from motcua.results.subscribers import make_documents
from motcua.signing.development import PIN
from motcua.signing.ports import Keys
from tests.node import Node
from tests.results.decided import documented, facts, names
from tests.results.giving import DEPUTY, DEPUTY_NAME, deputy
from tests.signing.ca import CHAIRMAN_NAME, WARD_NAME, Ring
from tests.sites.desk import Clock, act, address, seated, signed_in, text_of

LIST, BOOK = "/can-bo/ky-so/", "/can-bo/ket-qua/"


@pytest.fixture
def ring(tmp_path: Path, node: Node, clock: Clock, settings: Any) -> Iterator[Ring]:
    before = Ring.bound()
    made = Ring.made(tmp_path / "keys", node.noon)
    made.agency()
    made.person()
    made.bind()
    settings.SIGNING = str(tmp_path / "keys/signing.yaml")
    clock.at = node.noon
    yield made
    bind(Keys, before)  # type: ignore[type-abstract]


@pytest.fixture
def chairman(node: Node) -> Client:
    return seated("chutich.hoasen", node.agency.id)


@pytest.fixture
def clerk(node: Node) -> Client:
    return seated("hotich.hoasen", node.agency.id)


def sign(client: Client, *results: Result, pin: str = PIN) -> Any:
    return client.post(LIST, {"pin": pin, "chon": [str(each.pk) for each in results]})


def ticks(page: str) -> int:
    return len(re.findall(r'name="chon"', page))


def test_only_what_was_opened_can_be_ticked_and_signed(node: Node, ring: Ring, chairman: Client) -> None:
    first, second = documented(node), documented(node)
    page = text_of(chairman.get(LIST))
    assert (ticks(page), page.count("Chưa xem")) == (0, 2)
    assert "Mã PIN" not in page
    assert "Ký số (2)" in page
    opened = chairman.get(f"{LIST}{first.pk}/")
    assert opened.content.startswith(b"%PDF-")
    assert opened["Content-Disposition"] == 'inline; filename="1-2026-KQ-H99.101.pdf"'
    page = text_of(chairman.get(LIST))
    assert (ticks(page), page.count('type="password"')) == (1, 1)
    answer = text_of(sign(chairman, first, second))
    assert "Đã ký 1 văn bản" in answer
    assert "1 văn bản chưa ký được" in answer
    assert f"Văn bản số {second.number} chưa được xem nên chưa ký." in answer
    first.refresh_from_db()
    assert first.signed_by == f"{CHAIRMAN_NAME}; {WARD_NAME}"
    assert SignatureAsked.objects.get().result == second
    assert PIN not in answer


def test_the_look_is_told_to_the_citizen_of_the_dossier(node: Node, ring: Ring, chairman: Client) -> None:
    standing = node.received()
    actions.pass_on(standing.dossier_id, "pass", by=node.clerk, at=node.noon)
    answer = act(chairman, standing.dossier, "quyet-dinh", outcome="grant", reason="")
    assert (answer.status_code, answer.url) == (302, LIST)
    assert "1 văn bản để bạn ký đang được tạo" in text_of(chairman.get(LIST))
    result = Result.objects.get(reference=standing.dossier.stream)
    assert (result.signer_id and str(result.signer_id), result.validity) == (node.approver.id, "unlimited")
    make_documents(facts(result)[:1])
    chairman.get(f"{LIST}{result.pk}/")
    looks = Fact.objects.filter(name="dossiers.looked", data__purpose="signing")
    assert looks.count() == 1
    assert Standing.objects.get(pk=standing.pk).state == "decided"
    wrong = seated("tiepnhan.hoasen", node.agency.id)
    act(wrong, standing.dossier, "tra-ket-qua", how="counter")
    assert Standing.objects.get(pk=standing.pk).state == "decided"  # nothing is handed over before it is signed


@pytest.mark.parametrize(
    ("pin", "says"),
    [("000000", "Mã PIN không đúng."), ("", "Mục này chưa được trả lời."), ("x" * 300, "Tối đa 200 ký tự.")],
)
def test_a_wrong_pin_comes_back_to_the_list(node: Node, ring: Ring, chairman: Client, pin: str, says: str) -> None:
    result = documented(node)
    chairman.get(f"{LIST}{result.pk}/")
    answer = sign(chairman, result, pin=pin)
    page = text_of(answer)
    assert answer.status_code in {409, 422}
    assert says in page
    assert not pin or f'value="{pin}"' not in page
    assert names(result) == ["issued", "signature_asked"]


def test_nothing_ticked_and_nonsense_are_refused(node: Node, ring: Ring, chairman: Client) -> None:
    result = documented(node)
    chairman.get(f"{LIST}{result.pk}/")
    for chosen in ([], ["x"], ["\x00"]):
        answer = chairman.post(LIST, {"pin": PIN, "chon": chosen})
        assert "Chưa chọn văn bản nào để ký." in text_of(answer)
    strange = chairman.post(LIST, {"pin": PIN, "chon": [str(node.agency.id)]})
    assert "Văn bản này không chờ bạn ký." in text_of(strange)
    assert names(result) == ["issued", "signature_asked"]


def test_what_another_has_to_sign_is_seen_but_not_opened(node: Node, ring: Ring, clerk: Client) -> None:
    result = documented(node)
    page = text_of(clerk.get(LIST))
    assert "Không có văn bản nào chờ bạn ký" in page
    assert result.number in page.split("Chờ người khác")[1]
    assert clerk.get(f"{LIST}{result.pk}/").status_code == 404
    assert "chưa có chứng thư số cá nhân" in text_of(sign(clerk, result))
    assert signed_in("me.lan").get(LIST).status_code == 403
    assert Client().get(LIST).status_code == 302


def test_a_refused_key_stands_in_the_list_with_its_reason(node: Node, ring: Ring, chairman: Client) -> None:
    ring.agency(until=node.noon - timedelta(hours=1))
    result = documented(node)
    chairman.get(f"{LIST}{result.pk}/")
    assert "1 văn bản chưa ký được" in text_of(sign(chairman, result))
    assert "Chứng thư số đã hết hạn" in text_of(chairman.get(LIST))
    ring.agency()
    assert "Đã ký 1 văn bản" in text_of(sign(chairman, result))


@pytest.mark.parametrize("many", [1, 3])
def test_the_lists_cost_the_same_however_long(
    node: Node, ring: Ring, chairman: Client, many: int, django_assert_num_queries: Any
) -> None:
    for _ in range(many):
        documented(node)
    chairman.get(LIST)
    with django_assert_num_queries(11):
        chairman.get(LIST)
    with django_assert_num_queries(8):
        chairman.get(BOOK)


def test_without_keys_the_menu_says_nothing_of_signing(node: Node, clock: Clock, chairman: Client) -> None:
    page = text_of(chairman.get("/can-bo/"))
    assert "Ký số" not in page
    assert "Sổ kết quả" in page


def test_the_registry_is_searched_and_one_result_has_its_history(node: Node, clock: Clock, clerk: Client) -> None:
    clock.at = node.noon
    lan, binh = documented(node), documented(node, holder_name="Đỗ Văn Bình", validity="6 tháng")
    page = text_of(clerk.get(BOOK, {"q": "do van"}))
    assert (binh.number in page, lan.number in page) == (True, False)
    assert "Không có kết quả nào khớp" in text_of(clerk.get(BOOK, {"trang-thai": "revoked"}))
    assert clerk.get(BOOK, {"q": "\x00'", "trang-thai": "zzz", "sau": "x"}).status_code == 200
    page = text_of(clerk.get(f"{BOOK}{binh.pk}/"))
    for words in (
        "Đang có hiệu lực",
        "Từ 10/11/2026 đến hết 10/05/2027",
        "Đã cấp số",
        "Bùi Quang Vinh",
        "Chưa ký số",
    ):
        assert words in page, words
    assert "Thu hồi" not in page  # a clerk may not
    assert clerk.get(f"{BOOK}{binh.pk}/tep/").content.startswith(b"%PDF-")
    assert Fact.objects.filter(name="results.looked", data__purpose="registry").count() == 1
    other = seated("thuly.hoamai", Agency.objects.get(code="H99.102").id)
    assert other.get(f"{BOOK}{binh.pk}/").status_code == 404
    assert other.get(f"{BOOK}{binh.pk}/tep/").status_code == 404
    assert binh.number not in text_of(other.get(BOOK))


def test_a_result_is_suspended_brought_back_and_taken_back(node: Node, clock: Clock, chairman: Client) -> None:
    clock.at = node.noon
    result = documented(node)
    where = f"{BOOK}{result.pk}/"
    page = text_of(chairman.get(where))
    assert ("Tạm dừng hiệu lực" in page, "Cho có hiệu lực trở lại" in page) == (True, False)
    answer = chairman.post(
        f"{where}tam-dung/", {"tam-dung-reason": "Đang xác minh", "tam-dung-decision": ""}, follow=True
    )
    assert "Đã tạm dừng hiệu lực của kết quả." in text_of(answer)
    assert "Cho có hiệu lực trở lại" in text_of(answer)
    chairman.post(f"{where}tro-lai/", {"tro-lai-reason": "Đã xác minh"})
    answer = chairman.post(
        f"{where}thu-hoi/", {"thu-hoi-reason": "Cấp sai", "thu-hoi-decision": "15/QĐ-UBND"}, follow=True
    )
    page = text_of(answer)
    assert "Đã thu hồi ngày 10/11/2026 theo quyết định số 15/QĐ-UBND." in page
    assert "Việc có thể làm" not in page
    assert names(result) == ["issued", "documented", "suspended", "resumed", "revoked"]


@pytest.mark.parametrize(
    ("slug", "given", "says"),
    [
        ("thu-hoi", {"reason": "Cấp sai", "decision": ""}, "Mục này chưa được trả lời."),
        ("thu-hoi", {"reason": "", "decision": "15/QĐ"}, "Mục này chưa được trả lời."),
        (
            "thay-the",
            {"reason": "Sai tên", "new_number": "9/2026/KQ-H99.101"},
            "Không có kết quả nào của cơ quan bạn",
        ),
        ("tro-lai", {"reason": "Xong"}, "không làm được việc này"),
    ],
)
def test_a_change_that_is_refused_comes_back_with_what_was_typed(
    node: Node, clock: Clock, chairman: Client, slug: str, given: dict[str, str], says: str
) -> None:
    clock.at = node.noon
    result = documented(node)
    fields = {f"{slug}-{name}": value for name, value in given.items()}
    answer = chairman.post(f"{BOOK}{result.pk}/{slug}/", fields)
    page = text_of(answer)
    assert answer.status_code in {409, 422}
    assert says in page
    assert all(value in page for value in given.values())
    assert names(result) == ["issued", "documented"]


def test_who_may_not_changes_nothing(node: Node, clock: Clock, clerk: Client, chairman: Client) -> None:
    clock.at = node.noon
    result = documented(node)
    where, given = f"{BOOK}{result.pk}/tam-dung/", {"tam-dung-reason": "x"}
    head = seated("thuly.hoamai", Agency.objects.get(code="H99.102").id)
    assert "Tạm dừng hiệu lực từ" not in text_of(clerk.post(where, given))
    assert head.post(where, given).status_code == 404
    assert chairman.get(where).status_code == 302
    assert chairman.post(f"{BOOK}{result.pk}/bay/", given).status_code == 404
    assert names(result) == ["issued", "documented"]


def test_a_head_gives_a_signature_to_somebody_else_and_the_dossier_tells_it(
    node: Node, ring: Ring, chairman: Client, clerk: Client
) -> None:
    standing = node.received()
    actions.pass_on(standing.dossier_id, "pass", by=node.clerk, at=node.noon)
    actions.decide(standing.dossier_id, True, by=node.approver, at=node.noon)
    result = Result.objects.get(reference=standing.dossier.stream)
    make_documents(facts(result)[:1])
    other = deputy(node, ring)
    head, where = seated(DEPUTY, node.agency.id), f"{LIST}{result.pk}/giao/"
    page = text_of(head.get(LIST))
    assert "chờ Bùi Quang Vinh ký" in page
    assert where in page
    assert where not in text_of(clerk.get(LIST))
    assert where in text_of(chairman.get(LIST))  # one's own can be given away too
    page = text_of(head.get(where))
    assert (DEPUTY_NAME in page, page.count(CHAIRMAN_NAME)) == (True, 1)  # who can't is no choice
    given = {"officer": other.id, "reason": "Đi công tác dài ngày", "former": node.approver.id}
    for wrong, says in (
        ({"reason": " "}, "Mục này chưa được trả lời."),
        ({"officer": node.clerk.id}, "Hãy chọn một trong các lựa chọn đã cho."),
        ({"former": other.id}, "Văn bản này không còn chờ người đó ký."),
    ):
        assert says in text_of(head.post(where, given | wrong))
    assert clerk.post(where, given).status_code == 403
    assert names(result) == ["issued", "signature_asked"]
    answer = head.post(where, given, follow=True)
    assert "Đã giao người khác ký." in text_of(answer)
    assert "1 văn bản để bạn ký đang được tạo" in text_of(answer)
    assert head.post(where, given).status_code == 404
    make_documents(facts(result)[-1:])
    assert result.number not in text_of(chairman.get(LIST)).split("Chờ người khác")[0]
    assert chairman.get(f"{LIST}{result.pk}/").status_code == 404
    head.get(f"{LIST}{result.pk}/")
    assert "Đã ký 1 văn bản" in text_of(sign(head, result))
    for page in (text_of(clerk.get(address(standing.dossier))), text_of(clerk.get(f"{BOOK}{result.pk}/"))):
        assert "Giao người khác ký" in page
        assert DEPUTY_NAME in page
        assert "Đi công tác dài ngày" in page
    assert names(result).count("signature_given") == 1


def test_nobody_else_has_a_key_and_the_page_says_so(node: Node, ring: Ring, chairman: Client) -> None:
    result = documented(node)
    page = text_of(chairman.get(f"{LIST}{result.pk}/giao/"))
    assert "Chưa có người nào khác ký được" in page
    assert "<textarea" not in page


def test_who_only_runs_the_system_reads_no_registry(node: Node, clock: Clock) -> None:
    clock.at = node.noon
    result = documented(node)
    Post.objects.filter(officer__account__login="quantri").update(agency=node.agency)
    admin = seated("quantri", node.agency.id)
    assert "Sổ kết quả" not in text_of(admin.get("/can-bo/"))
    for path in ("", f"{result.pk}/", f"{result.pk}/tep/"):
        answer = admin.get(f"{BOOK}{path}")
        assert (answer.status_code, result.holder_name in text_of(answer)) == (403, False)
    assert admin.post(f"{BOOK}{result.pk}/thu-hoi/", {"thu-hoi-reason": "x"}).status_code == 403
    assert Fact.objects.filter(name="results.looked").count() == 0


def test_the_counter_reads_why_a_result_is_not_handed_over(node: Node, clock: Clock) -> None:
    clock.at = node.noon
    standing = node.received()
    actions.pass_on(standing.dossier_id, "pass", by=node.clerk, at=node.noon)
    actions.decide(standing.dossier_id, True, by=node.approver, at=node.noon)
    result = Result.objects.get(reference=standing.dossier.stream)
    make_documents(facts(result)[:1])
    results.suspend(result.pk, "Đang xác minh nơi sinh", by=node.approver, at=node.noon)
    counter, before = seated("tiepnhan.hoasen", node.agency.id), names(result)
    says = f"Kết quả số {result.number} đang bị tạm dừng hiệu lực nên chưa trả được. Lý do: Đang xác minh nơi sinh"
    answer = act(counter, standing.dossier, "tra-ket-qua", how="counter")
    assert (answer.status_code, says in text_of(answer)) == (409, True)
    seq = Standing.objects.get(pk=standing.pk).seq
    page = text_of(counter.post("/can-bo/hang-loat/tra-ket-qua/", {"chon": [f"{standing.pk}~{seq}"], "_do": "1"}))
    assert says in page
    assert (Standing.objects.get(pk=standing.pk).state, names(result)) == ("decided", before)
