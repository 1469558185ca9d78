"""Money at the desk: the panel of bills, the till, the tills of an agency, reconciliation and statements."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from motcua import wiring
from motcua.base.actor import SYSTEM
from motcua.base.cursors import run_until_read
from motcua.dossiers.actions import withdraw
from motcua.dossiers.models import Dossier
from motcua.gateways.adapters.vietqr import VietQR
from motcua.gateways.transfers import memo
from motcua.payments import actions
from motcua.payments.checks import check_books, check_paid_once
from motcua.payments.models import Attempt, Bill, Reconciliation, Till
from motcua.payments.ports import Providers
from motcua.payments.states import FEW
from tests.charging.costly import COUNCIL, filed, publish
from tests.node import Node
from tests.payments.money import TOTAL, asked, banks, bill, books, message
from tests.sites.desk import Clock, address, seated, signed_in, text_of

ACCOUNT = "0011000000101"
HEAD = "account,transaction,amount,currency,description\n"


@pytest.fixture(autouse=True)
def known_banks(clock: Clock) -> Iterator[Providers]:
    """A sandbox, and transfers to the ward's account."""
    with banks() as known:
        accounts = {
            "H99.101": {"bank": "970436", "number": ACCOUNT},
            "H99.102": {"bank": "970436", "number": "0011000000202"},
        }
        known["vietqr"] = VietQR("nowhere", accounts)
        yield known


@pytest.fixture
def dossier(node: Node) -> Dossier:
    """A dossier with an open bill."""
    made = node.submitted()
    bill(node, made.stream)
    return made


def at_counter(node: Node) -> Any:
    return seated("tiepnhan.hoasen", node.agency.id)


def leader(node: Node) -> Any:
    return seated("chutich.hoasen", node.agency.id)


def act(client: Any, dossier: Dossier, slug: str, **given: Any) -> Any:
    """One button of the panel."""
    return client.post(address(dossier, f"thu/{Bill.objects.get().number}/{slug}/"), given)


def test_the_counter_sees_the_bill_and_takes_cash_with_one_press(node: Node, dossier: Dossier) -> None:
    client = at_counter(node)
    assert "Thu tiền mặt 108.000 ₫" in text_of(client.get(address(dossier)))
    found = act(client, dossier, "tien-mat")
    assert found.headers["Location"] == f"{address(dossier)}#phi"
    text = text_of(client.get(address(dossier)))
    assert "0000001/2026/BL-H99.101" in text and "Thu tiền mặt" not in text
    assert act(client, dossier, "tien-mat").status_code == 409
    assert Attempt.objects.count() == 1


def test_a_card_needs_the_number_on_its_slip(node: Node, dossier: Dossier) -> None:
    before = books()
    found = act(at_counter(node), dossier, "the", so="")
    assert found.status_code == 409 and "Chưa ghi số giao dịch trên hoá đơn của máy thẻ." in text_of(found)
    assert books() == before
    act(at_counter(node), dossier, "the", so="000123")
    assert Attempt.objects.get().transaction == "000123"


REFUSED = {
    "a clerk takes nothing": ("hotich.hoasen", "tien-mat", {}, 403),
    "a clerk waives nothing": ("hotich.hoasen", "mien", {"ly-do": "Hộ nghèo"}, 403),
    "the counter waives nothing": ("tiepnhan.hoasen", "mien", {"ly-do": "Hộ nghèo"}, 403),
    "a waiver has its reason": ("chutich.hoasen", "mien", {"ly-do": " "}, 409),
    "cancelling has its reason": ("chutich.hoasen", "huy", {}, 409),
    "no such verb": ("chutich.hoasen", "cho-khong", {}, 404),
    "no such attempt": ("chutich.hoasen", "hoan", {"lan": "x", "ly-do": "a"}, 404),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_allowed_leaves_the_books_as_they_were(node: Node, dossier: Dossier, name: str) -> None:
    login, slug, given, status = REFUSED[name]
    before = books()
    assert act(seated(login, node.agency.id), dossier, slug, **given).status_code == status
    assert books() == before


def test_another_ward_reaches_no_bill(node: Node, dossier: Dossier) -> None:
    before = books()
    found = act(seated("thuly.hoamai", node.stranger.agency), dossier, "mien", **{"ly-do": "a"})
    assert found.status_code in {403, 404}
    assert books() == before


def test_a_leader_waives_with_a_reason(node: Node, dossier: Dossier) -> None:
    act(leader(node), dossier, "mien", **{"ly-do": "Hộ nghèo"})
    assert Bill.objects.get().state == "waived"
    assert "Được miễn" in text_of(leader(node).get(address(dossier)))


def test_while_the_bank_is_waited_for_the_counter_takes_nothing_until_the_payer_goes_another_way(
    committed_node: Node,
) -> None:
    node, dossier = committed_node, committed_node.submitted()
    tried = actions.ask(bill(node, dossier.stream).id, "vietqr", "k", by=node.mother, at=node.noon)
    client = at_counter(node)
    text = text_of(client.get(address(dossier)))
    assert "Người nộp đang nộp trực tuyến" in text and "Thu tiền mặt" not in text
    assert act(client, dossier, "tien-mat").status_code == 409
    act(client, dossier, "bo", lan=str(tried.id))
    act(client, dossier, "tien-mat")
    assert Bill.objects.get().state == "paid"
    assert [*check_books(), *check_paid_once()] == []


def test_a_leader_ends_the_waiting_for_a_bank_that_never_answers(node: Node, dossier: Dossier, clock: Clock) -> None:
    tried = asked(node, Bill.objects.get())
    actions.lost(tried.id, by=SYSTEM, at=node.noon)
    words = "Ghi nhận không thành công"
    assert words not in text_of(at_counter(node).get(address(dossier)))
    assert words in text_of(leader(node).get(address(dossier)))
    given = {"lan": str(tried.id), "ly-do": "Ngân hàng báo chưa trừ tiền"}
    found = act(leader(node), dossier, "khong-thanh", **given)
    assert found.status_code == 409 and "Hãy chờ đủ 3 ngày" in text_of(found)
    clock.at += timedelta(days=4)
    assert act(at_counter(node), dossier, "khong-thanh", **given).status_code == 403
    assert Attempt.objects.get().state == "unknown"
    act(leader(node), dossier, "khong-thanh", **given)
    act(at_counter(node), dossier, "tien-mat")
    assert Bill.objects.get().state == "paid"


def test_a_leader_decides_not_to_ask_for_what_nobody_knows(node: Node, tmp_path: Path) -> None:
    publish(tmp_path, node.noon, COUNCIL)
    made = filed(node)
    words = "Không thu khoản chưa rõ mức"
    assert words not in text_of(at_counter(node).get(address(made)))
    assert words in text_of(leader(node).get(address(made)))
    where = address(made, "khong-thu/")
    assert at_counter(node).post(where, {"ly-do": "Hộ nghèo"}).status_code == 403
    assert not Bill.objects.exists()
    assert leader(node).post(where, {"ly-do": "Hộ nghèo"}).headers["Location"] == f"{address(made)}#phi"
    assert Bill.objects.get().state == "waived"
    assert "Được miễn: Hộ nghèo" in text_of(leader(node).get(address(made)))


def test_cash_goes_back_by_an_order_that_a_leader_writes_down(node: Node, dossier: Dossier) -> None:
    act(at_counter(node), dossier, "tien-mat")
    tried = str(Attempt.objects.get().id)
    act(leader(node), dossier, "hoan", lan=tried, **{"ly-do": "Thu nhầm"})
    assert act(leader(node), dossier, "da-hoan", lan=tried, so=" ").status_code == 409
    act(leader(node), dossier, "da-hoan", lan=tried, so="LC-17")
    assert Bill.objects.get().state == "refunded"
    assert list(check_books()) == []


def test_what_a_bank_pays_back_itself_nobody_writes_down(node: Node, dossier: Dossier) -> None:
    tried = asked(node, Bill.objects.get())
    actions.confirm("sandbox", message(tried), at=timezone.now())
    act(leader(node), dossier, "hoan", lan=str(tried.id), **{"ly-do": "Thu nhầm"})
    before = books()
    assert act(leader(node), dossier, "da-hoan", lan=str(tried.id), so="LC-17").status_code == 403
    assert books() == before


def test_a_till_that_agrees_and_one_that_does_not(node: Node, dossier: Dossier) -> None:
    client = at_counter(node)
    act(client, dossier, "tien-mat")
    assert "Tiền mặt phải có 108.000 ₫" in text_of(client.get("/can-bo/thu-tien/")).replace(
        "</dt><dd", " <dd"
    ).replace('<dd class="figures"><strong>', "")
    found = client.post("/can-bo/thu-tien/", {"counted": "100.000"}, follow=True)
    assert "thiếu 8.000 ₫ so với sổ" in text_of(found)
    assert (Till.objects.get().expected_vnd, Till.objects.get().counted_vnd) == (TOTAL, 100_000)
    again = client.post("/can-bo/thu-tien/", {"counted": "0"})
    assert again.status_code == 409 and "đã khoá sổ" in text_of(again)
    assert "-8.000 ₫" in text_of(leader(node).get("/can-bo/thu-tien/"))


@pytest.mark.parametrize("counted", ["", "-1", "tám", "1.5", "8,000"])
def test_a_wrong_count_closes_no_till(node: Node, counted: str) -> None:
    assert at_counter(node).post("/can-bo/thu-tien/", {"counted": counted}).status_code == 422
    assert not Till.objects.exists()


def transfer(node: Node, reference: str) -> Attempt:
    """A payment begun by transfer."""
    return actions.ask(bill(node, reference).id, "vietqr", reference, by=node.mother, at=node.noon)


def brought(client: Any, *lines: str, day: str = "10/11/2026") -> Any:
    """A statement brought in."""
    file = SimpleUploadedFile("sao-ke.csv", (HEAD + "\n".join(lines)).encode())
    return client.post("/can-bo/doi-soat/sao-ke/", {"day": day, "file": file})


def test_a_statement_closes_what_agrees_and_tells_wrong_lines_by_their_number(node: Node) -> None:
    good, short = transfer(node, "dossier:1"), transfer(node, "dossier:2")
    text = text_of(
        brought(
            leader(node),
            f"{ACCOUNT},FT1,108000,VND,CT {memo(good.order)} phi",
            f"{ACCOUNT},FT2,107999,VND,{memo(short.order)}",
            f"{ACCOUNT},FT3,5000,VND,luong thang 11",
            f"2,FT4,108000,VND,{memo(short.order)}",
            f"{ACCOUNT},FT5,108.000,VND,{memo(short.order)}",
            f"{ACCOUNT},FT1,108000,VND,{memo(short.order)}",
        )
    )
    assert 'Nay mới khớp, đã ghi nhận: <strong class="figures">1</strong>' in text
    for line, words in (
        (4, "không ghi mã"),
        (5, "Không phải tài khoản"),
        (6, "Số tiền phải là"),
        (7, "đã có ở dòng"),
    ):
        assert f'Dòng <span class="figures">{line}</span>: ' in text and words in text
    assert dict(Bill.objects.values_list("reference", "state")) == {"dossier:1": "paid", "dossier:2": "open"}
    assert list(check_books()) == []


def test_nobody_makes_bills_of_another_agency_paid_by_a_file(node: Node) -> None:
    tried = transfer(node, "dossier:1")
    before = books()
    line = f"{ACCOUNT},FT1,108000,VND,{memo(tried.order)}"
    brought(seated("thuly.hoamai", node.stranger.agency), line)
    assert brought(at_counter(node), line).status_code == 403
    assert books() == before
    assert not Reconciliation.objects.exists()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a,b\n1,2\n", b""])
def test_a_file_that_is_no_statement_changes_nothing(node: Node, content: bytes) -> None:
    transfer(node, "dossier:1")
    before = books()
    file = SimpleUploadedFile("sao-ke.csv", content)
    found = leader(node).post("/can-bo/doi-soat/sao-ke/", {"day": "10/11/2026", "file": file})
    assert found.status_code in {200, 422}
    assert books() == before
    assert not Reconciliation.objects.exists()


def test_what_was_not_believed_is_listed_for_the_agency_alone(node: Node, dossier: Dossier) -> None:
    actions.confirm("sandbox", message(asked(node, Bill.objects.get()), "guessed"), at=timezone.now())
    assert "Sai chữ ký" in text_of(leader(node).get("/can-bo/doi-soat/"))
    assert "Sai chữ ký" not in text_of(seated("thuly.hoamai", node.stranger.agency).get("/can-bo/doi-soat/"))


def test_a_flood_of_messages_is_told_by_its_count(node: Node, dossier: Dossier) -> None:
    tried, now = asked(node, Bill.objects.get()), timezone.now().replace(second=1)
    for _ in range(FEW + 4):
        actions.confirm("sandbox", message(tried, "guessed"), at=now)
    for _ in range(FEW + 7):
        actions.confirm("sandbox", message(tried, "guessed", order="H99.101-26999999-01"), at=now)
    text = text_of(leader(node).get("/can-bo/doi-soat/"))
    assert "Còn nhiều tin như trên về đơn này trong ngày, chỉ đếm (4)" in text
    assert "trong 30 ngày qua, chỉ đếm mà không ghi từng tin: 7." in text
    assert "chỉ đếm mà không ghi từng tin: 7." in text_of(
        seated("thuly.hoamai", node.stranger.agency).get("/can-bo/doi-soat/")
    )


def test_money_that_came_too_much_is_listed_until_it_goes_back_and_the_payer_is_told(node: Node) -> None:
    dossier = node.submitted()
    tried = actions.ask(bill(node, dossier.stream).id, "vietqr", "k", by=node.mother, at=node.noon)
    actions.abandon(tried.id, by=node.reception, at=node.noon)
    actions.take(tried.bill_id, "cash", by=node.reception, at=timezone.now())
    brought(leader(node), f"{ACCOUNT},FT1,108000,VND,{memo(tried.order)}")
    assert "Nộp thừa, phải trả lại" in text_of(leader(node).get("/can-bo/doi-soat/"))
    assert "Bạn đã nộp thừa" in text_of(signed_in("me.lan").get(f"/ho-so/{dossier.code}/nop-phi/"))
    act(leader(node), dossier, "hoan", lan=str(tried.id), **{"ly-do": "Nộp hai lần"})
    act(leader(node), dossier, "da-hoan", lan=str(tried.id), so="LC-18")
    assert "Nộp thừa, phải trả lại" not in text_of(leader(node).get("/can-bo/doi-soat/"))
    assert "Bạn đã nộp thừa" not in text_of(signed_in("me.lan").get(f"/ho-so/{dossier.code}/nop-phi/"))
    assert [*check_books(), *check_paid_once()] == []


def test_a_comparison_is_read_row_by_row(node: Node) -> None:
    tried = transfer(node, "dossier:1")
    brought(leader(node), f"{ACCOUNT},FT1,108000,VND,{memo(tried.order)}")
    row = Reconciliation.objects.get()
    text = text_of(leader(node).get(f"/can-bo/doi-soat/{row.id}/"))
    assert tried.order in text and "FT1" in text
    assert seated("thuly.hoamai", node.stranger.agency).get(f"/can-bo/doi-soat/{row.id}/").status_code == 404


def test_a_head_sees_what_was_paid_for_a_dossier_that_ended_before_anybody_worked(committed_node: Node) -> None:
    node, dossier = committed_node, committed_node.submitted()
    actions.take(bill(node, dossier.stream).id, "cash", by=node.reception, at=timezone.now())
    assert "Chờ bạn quyết định hoàn trả" not in text_of(leader(node).get("/can-bo/thu-tien/"))
    withdraw(dossier.id, "Đổi ý", by=node.mother, at=timezone.now())
    run_until_read(wiring.SUBSCRIBERS)
    seen = text_of(leader(node).get("/can-bo/thu-tien/"))
    assert "Chờ bạn quyết định hoàn trả" in seen
    assert f'href="/can-bo/ho-so/{dossier.code}/#phi"' in seen
    assert "Hồ sơ kết thúc khi chưa được tiếp nhận" in seen


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("thu-tien/", 13), ("doi-soat/", 13)])
def test_a_list_costs_the_same_whatever_stands_in_it(
    node: Node, many: int, page: str, queries: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        tried = transfer(node, f"dossier:{number}")
        brought(leader(node), f"{ACCOUNT},FT{number},108000,VND,{memo(tried.order)}", day=f"1{number}/11/2026")
        actions.take(bill(node, f"dossier:c{number}").id, "cash", by=node.reception, at=timezone.now())
    client = leader(node)
    client.get(f"/can-bo/{page}")
    with django_assert_num_queries(queries):
        client.get(f"/can-bo/{page}")


def terminals_file(client: Any, *lines: str) -> Any:
    file = SimpleUploadedFile("may-the.csv", "\n".join(("slip,amount,time", *lines)).encode())
    return client.post("/can-bo/thu-tien/may-the/", {"file": file})


def test_a_cashier_lays_the_terminals_file_beside_the_till_before_closing_it(node: Node) -> None:
    for slip in ("0001", "0002"):
        actions.take(bill(node, f"dossier:{slip}").id, "card", slip, by=node.reception, at=timezone.now())
    before = books()
    text = text_of(
        terminals_file(at_counter(node), "0001,108000,10/11/2026 09:00", "0003,5000,10/11/2026 09:01", "x")
    )
    told = [words for words in ("Khớp", "Sao kê có, sổ không có", "Sổ có, sao kê không có")
            if f'{words}: <strong class="figures">1</strong>' in text]  # fmt: skip
    assert told == ["Khớp", "Sao kê có, sổ không có", "Sổ có, sao kê không có"]
    assert 'Dòng <span class="figures">4</span>: ' in text
    assert books() == before
    row = f"/can-bo/doi-soat/{Reconciliation.objects.get().id}/"
    assert "0003" in text_of(at_counter(node).get(row))
    assert "0003" in text_of(leader(node).get(row))
    assert seated("thuly.hoamai", node.stranger.agency).get(row).status_code in {403, 404}
    assert "Thẻ tại quầy · " in text_of(leader(node).get("/can-bo/doi-soat/"))
    assert terminals_file(leader(node), "0001,108000,10/11/2026 09:00").status_code == 403
    assert Reconciliation.objects.count() == 1
