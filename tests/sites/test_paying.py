"""The payment page of the filer: what is asked, one way to pay, waiting, what became of it, the receipt."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.base.actor import SYSTEM
from motcua.fees.rules import Line
from motcua.payments import actions
from motcua.payments.actions.billing import Owed
from motcua.payments.models import Attempt, Bill
from motcua.payments.ports import Providers
from motcua.payments.queries import with_receipt
from tests.charging.costly import CHARGE, COUNCIL, filed, publish
from tests.node import Node
from tests.payments.money import TOTAL, asked, banks, bill, books, message
from tests.sites.desk import Clock, seated, signed_in, text_of


@pytest.fixture(autouse=True)
def known_banks(clock: Clock) -> Iterator[Providers]:
    """Two banks behind the port, nobody there over the network; it is 11:00."""
    with banks() as known:
        yield known


def page(dossier: Any, more: str = "") -> str:
    return f"/ho-so/{dossier.code}/nop-phi/{more}"


def form_of(response: Any) -> dict[str, str]:
    """The hidden fields of the page's form to pay."""
    text = response.content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', text)[1] for name in ("bill", "key")}  # type: ignore[index]


def mother() -> Client:
    return signed_in("me.lan")


def owed(node: Node) -> Any:
    """A dossier of the mother's with an open bill."""
    dossier = node.submitted()
    bill(node, dossier.stream)
    return dossier


def test_what_is_owed_stands_on_top_of_the_account(node: Node) -> None:
    dossier = owed(node)
    newer = node.submitted()
    text = text_of(mother().get("/tai-khoan/"))
    assert text.index(dossier.code) < text.index(newer.code)
    assert text.count("Nộp 108.000 ₫") == 1


def test_the_dossier_says_what_is_owed_and_where_to_pay(node: Node) -> None:
    dossier = owed(node)
    text = text_of(mother().get(f"/ho-so/{dossier.code}/"))
    assert "Hồ sơ có khoản phí, lệ phí chưa nộp" in text
    assert "108.000 ₫" in text
    assert f'href="{page(dossier)}"' in text


def test_before_the_bill_is_made_the_dossier_already_says_what_it_will_ask(node: Node, tmp_path: Path) -> None:
    publish(tmp_path, node.noon, CHARGE)
    dossier = filed(node, so_ban=1)
    assert not Bill.objects.filter(reference=dossier.stream).exists()
    text = text_of(mother().get(f"/ho-so/{dossier.code}/"))
    assert re.search(r"Còn phải nộp:.*20.000 ₫", text)


def test_the_page_shows_each_line_and_the_total(node: Node) -> None:
    text = text_of(mother().get(page(owed(node))))
    for words in (
        "Phí thẩm định",
        "50.000 ₫",
        "Lệ phí cấp bản sao",
        "8.000 ₫",
        "108.000 ₫",
        "Chờ nộp",
    ):
        assert words in text


def test_a_dossier_without_a_bill_says_that_nothing_is_asked(node: Node) -> None:
    assert "Hồ sơ này không phải nộp phí, lệ phí" in text_of(mother().get(page(node.submitted())))


def test_a_stranger_sees_no_bill_and_pays_none(node: Node) -> None:
    dossier = owed(node)
    hung = signed_in("chu.hung")
    before = books()
    assert hung.get(page(dossier)).status_code == 404
    assert (
        hung.post(page(dossier), {"bill": Bill.objects.get().number, "key": "web:1", "way": "sandbox"}).status_code
        == 404
    )
    assert books() == before


def test_a_bill_of_another_dossier_is_not_paid_here(node: Node) -> None:
    mine, other = owed(node), owed(node)
    number = Bill.objects.get(reference=other.stream).number
    before = books()
    found = mother().post(page(mine), {"bill": number, "key": "web:1", "way": "sandbox"})
    assert found.status_code == 404
    assert books() == before


@pytest.mark.parametrize(
    ("given", "status"), [({"way": ""}, 422), ({"way": "vietqr"}, 422), ({"key": ""}, 422), ({"key": "api:1"}, 422)]
)
def test_what_can_not_be_begun_begins_nothing(node: Node, given: dict[str, str], status: int) -> None:
    dossier = owed(node)
    client = mother()
    before = books()
    found = client.post(page(dossier), {**form_of(client.get(page(dossier))), "way": "sandbox", **given})
    assert found.status_code == status
    assert books() == before


def test_a_double_click_is_one_payment(committed_node: Node) -> None:
    dossier = owed(committed_node)
    client = mother()
    given = {**form_of(client.get(page(dossier))), "way": "sandbox"}
    for _ in range(2):
        assert client.post(page(dossier), given).headers["Location"] == page(dossier)
    assert Attempt.objects.count() == 1


def test_a_bank_that_is_down_is_an_unknown_outcome_and_nobody_is_asked_to_pay_again(committed_node: Node) -> None:
    dossier = owed(committed_node)
    client = mother()
    client.post(page(dossier), {**form_of(client.get(page(dossier))), "way": "sandbox"})
    text = text_of(client.get(page(dossier)))
    assert "Chưa rõ kết quả, hệ thống đang hỏi lại" in text
    assert "Bạn không phải nộp lần nữa" in text
    assert "Chờ nộp" not in text
    assert 'name="way"' not in text


def test_what_the_browser_brings_back_counts_for_nothing(committed_node: Node) -> None:
    dossier = owed(committed_node)
    client = mother()
    client.post(page(dossier), {**form_of(client.get(page(dossier))), "way": "sandbox"})
    tried = Attempt.objects.get()
    found = client.get(page(dossier, "ve/"), {"state": "paid", "order": tried.order, "errorCode": "00"})
    assert found.headers["Location"] == page(dossier)
    assert (Bill.objects.get().state, Attempt.objects.get().state) == ("open", "unknown")


def test_a_page_that_waits_is_told_by_htmx_when_it_is_known(node: Node) -> None:
    dossier = owed(node)
    tried = asked(node, Bill.objects.get())
    client = mother()
    waiting = client.get(page(dossier), {"cho": ""})
    assert (waiting.status_code, "HX-Refresh" in waiting.headers) == (204, False)
    actions.confirm("sandbox", message(tried), at=timezone.now())
    assert client.get(page(dossier), {"cho": ""}).headers["HX-Refresh"] == "true"


def test_a_paid_bill_shows_its_receipt_and_the_banner_is_gone(node: Node) -> None:
    dossier = owed(node)
    actions.confirm("sandbox", message(asked(node, Bill.objects.get())), at=timezone.now())
    client = mother()
    text = text_of(client.get(page(dossier)))
    assert "Bạn đã nộp xong" in text and "0000001/2026/BL-H99.101" in text
    assert "chưa nộp" not in text_of(client.get(f"/ho-so/{dossier.code}/"))
    made = client.get(page(dossier, f"bien-lai/{Bill.objects.get().number}/"))
    assert (made.headers["Content-Type"], made.content[:5]) == ("application/pdf", b"%PDF-")


def test_an_unpaid_bill_has_no_receipt(node: Node) -> None:
    dossier = owed(node)
    assert mother().get(page(dossier, f"bien-lai/{Bill.objects.get().number}/")).status_code == 404


def test_a_declined_payment_says_so_and_may_be_tried_again(node: Node) -> None:
    dossier = owed(node)
    actions.confirm("sandbox", message(asked(node, Bill.objects.get()), state="declined"), at=timezone.now())
    text = text_of(mother().get(page(dossier)))
    assert "Lần nộp vừa rồi không thành công" in text
    assert 'name="way"' in text


def test_anybody_may_check_a_receipt_and_learns_nothing_of_a_person(node: Node) -> None:
    dossier = owed(node)
    actions.confirm("sandbox", message(asked(node, Bill.objects.get())), at=timezone.now())
    number = Bill.objects.get().receipt
    assert with_receipt(str(number)).total_vnd == TOTAL
    text = text_of(Client().get("/tra-cuu/bien-lai/", {"so": number}))
    assert "Có biên lai này trong sổ" in text and "108.000 ₫" in text
    assert [word for word in ("Lan", "001196000101", dossier.code) if word in text] == []
    none = Client().get("/tra-cuu/bien-lai/", {"so": "0000009/2026/BL-H99.101"})
    assert none.status_code == 404 and "Không có biên lai nào mang số này." in text_of(none)


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_however_often_it_was_tried(
    node: Node, many: int, django_assert_num_queries: Any
) -> None:
    dossier = owed(node)
    for number in range(many):
        asked(node, Bill.objects.get(), f"key-{number}")
    client = mother()
    client.get(page(dossier))
    with django_assert_num_queries(6):
        client.get(page(dossier))


@pytest.mark.parametrize(
    ("fee", "portal", "desk"),
    [
        (COUNCIL, "Phí thẩm định: Hội đồng nhân dân tỉnh quyết định mức thu, hệ thống chưa có mức này", True),
        (CHARGE, "Phiếu thu đang được lập", False),
        (CHARGE | {"amount_vnd": 0}, "Hồ sơ này không phải nộp phí, lệ phí", False),
    ],
)
def test_unknown_is_not_free_and_a_bill_on_its_way_is_told(
    node: Node, tmp_path: Path, fee: dict[str, Any], portal: str, desk: bool
) -> None:
    publish(tmp_path, node.noon, fee)
    dossier = filed(node)
    assert portal in text_of(mother().get(page(dossier)))
    seen = text_of(seated("tiepnhan.hoasen", node.agency.id).get(f"/can-bo/ho-so/{dossier.code}/"))
    assert ("Chưa rõ mức thu; chưa rõ không có nghĩa là miễn phí." in seen) is desk


def test_what_an_officer_wrote_is_not_told_to_who_checks_a_receipt(node: Node) -> None:
    why = Line("Phí thẩm định thửa đất của ông Nguyễn Văn Khuê", "fee", TOTAL)
    dossier = node.submitted()
    made = actions.make_bill(Owed(dossier.stream, node.agency.id, "final", [why]), by=SYSTEM, at=timezone.now())
    actions.confirm("sandbox", message(asked(node, made)), at=timezone.now())
    made.refresh_from_db()
    text = text_of(Client().get("/tra-cuu/bien-lai/", {"so": made.receipt}))
    assert "Phí: 108.000 ₫" in text and "Khuê" not in text


@pytest.mark.parametrize("key", ["web:\x00", "web:" + "a" * 60, "api:1", ""])
def test_a_key_that_the_page_never_gave_begins_nothing(node: Node, key: str) -> None:
    dossier = owed(node)
    before = books()
    given = {"bill": Bill.objects.get().number, "way": "sandbox", "key": key}
    assert mother().post(page(dossier), given).status_code == 422
    assert books() == before
