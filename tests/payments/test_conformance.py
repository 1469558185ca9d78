"""What every provider must do, whoever is behind it; and the formats of each, against values worked out by hand."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from motcua.gateways.adapters.paygov import PayGov
from motcua.gateways.adapters.platform import CONFIRM, Platform, code_of
from motcua.gateways.adapters.sandbox import SandboxBank
from motcua.gateways.adapters.vietqr import VietQR, crc16
from motcua.gateways.sealing import seal
from motcua.gateways.transfers import memo, orders_in
from motcua.payments.ports import Confirmed, Order, Provider, Rejected, Unreachable
from motcua.payments.rules import disagreement

BANK = "https://bank.example/pay/1"
NOWHERE = "http://127.0.0.1:9"
AT = datetime(2026, 11, 10, 14, 5, 6, tzinfo=UTC)


def order_for(provider: Provider) -> Order:
    return Order("H99.101-26000001-01", 108_000, provider.payee("H99.101"), "H99.101-26000001")


def sandbox_says(order: Order) -> dict[str, Any]:
    said = {"order": order.order, "amount": order.amount_vnd, "currency": "VND", "payee": order.payee,
            "transaction": "FT1", "state": "paid"}  # fmt: skip
    return {**said, "signature": seal("secret", said)}


def platform_says(order: Order) -> dict[str, Any]:
    said = {"LoaiBanTin": "CONFIRM", "MaLoi": "00", "MaDoiTac": "DT101", "MaThamChieu": order.order,
            "SoTien": "108000", "MaTienTe": "VND", "MaGiaoDich": "GD1", "MaNganHang": "NH",
            "ThoiGianGD": "20261110140506", "ThongTinGiaoDich": "phi"}  # fmt: skip
    written = f"CONFIRM|00|DT101|{order.order}|108000|VND|GD1|NH|20261110140506|phi|bi mat"
    return {**said, "MaXacThuc": hashlib.sha256(written.encode()).hexdigest()}


def paygov_says(order: Order) -> dict[str, Any]:
    written = f"bi matkhoaPG101{order.order}PG101108000"
    return {"orderId": order.order, "amount": "108000", "orderInfo": "", "requestCode": "PG101",
            "transactionNo": "TN1", "payDate": "", "paygate": "", "errorCode": "00", "type": "",
            "transactionCode": "", "checksum": hashlib.sha256(written.encode()).hexdigest()}  # fmt: skip


@dataclass
class Case:
    """A provider, and what it says when an order was paid; None where nobody calls back."""

    provider: Provider
    says: Callable[[Order], dict[str, Any]] | None = None


CASES = {
    "sandbox": Case(SandboxBank(NOWHERE, "secret"), sandbox_says),
    "platform": Case(
        Platform(NOWHERE, {"H99.101": {"code": "DT101", "secret": "bi mat"},
                           "H99.102": {"code": "DT102", "secret": "khac"}}, lambda: AT), platform_says),
    "paygov": Case(
        PayGov(NOWHERE, "token", "/", {"H99.101": {"code": "PG101", "access_key": "khoa", "secret": "bi mat"},
                                       "H99.102": {"code": "PG102", "access_key": "khoa", "secret": "khac"}}),
        paygov_says),
    "vietqr": Case(VietQR("nowhere", {"H99.101": {"bank": "970436", "number": "0011000000101"}})),
}  # fmt: skip
TALKING = [name for name, case in CASES.items() if case.says]


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


def test_an_agency_with_a_contract_has_a_payee(case: Case) -> None:
    assert case.provider.payee("H99.101")


@pytest.mark.parametrize("name", ["platform", "paygov", "vietqr"])
def test_an_agency_without_a_contract_has_none(name: str) -> None:
    assert CASES[name].provider.payee("H99.999") == ""


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[]", b"null", b"\xff", b'{"a":', b"[" * 15_000, b'{"order": "\\ud800"}', b"1" * 30_000]
)
def test_rubbish_is_rejected(case: Case, raw: bytes) -> None:
    assert case.provider.read(raw) == Rejected("malformed")


@pytest.mark.parametrize("name", CASES)
@given(raw=st.binary(max_size=300))
def test_no_bytes_are_believed_or_break_it(name: str, raw: bytes) -> None:
    assert isinstance(CASES[name].provider.read(raw), Rejected)


@pytest.mark.parametrize("name", TALKING)
def test_what_it_truly_says_agrees_with_the_order(name: str) -> None:
    case = CASES[name]
    order = order_for(case.provider)
    told = case.provider.read(json.dumps(case.says(order)).encode())  # type: ignore[misc]
    assert isinstance(told, Confirmed)
    why = disagreement(told, order, "")
    assert why == ("outcome_not_sealed" if name == "paygov" else "")


@pytest.mark.parametrize("name", TALKING)
def test_nothing_that_decides_can_be_changed(name: str) -> None:
    case = CASES[name]
    order = order_for(case.provider)
    said = case.says(order)  # type: ignore[misc]
    believed = set()
    for field, value in said.items():
        for other in (value + 1 if isinstance(value, int) else f"{value}1", "", "H99.102", "DT102", "PG102", "01"):
            told = case.provider.read(json.dumps(said | {field: other}).encode())
            if isinstance(told, Confirmed) and disagreement(told, order, "") == "":
                believed.add(field)
    assert believed == set()


@pytest.mark.parametrize("name", TALKING)
def test_what_is_missing_is_not_guessed(name: str) -> None:
    case = CASES[name]
    order = order_for(case.provider)
    said = case.says(order)  # type: ignore[misc]
    for field in said:
        without = {key: value for key, value in said.items() if key != field}
        told = case.provider.read(json.dumps(without).encode())
        assert isinstance(told, Rejected) or field in {
            "orderInfo",
            "payDate",
            "paygate",
            "type",
            "transactionCode",
        }, field


def test_nobody_there_is_an_unknown_outcome_and_nothing_else(case: Case) -> None:
    provider, order = case.provider, order_for(case.provider)
    for call in (lambda: provider.refund(order), lambda: provider.statement(date(2026, 11, 10))):
        with pytest.raises(Unreachable):
            call()
    if case.says:
        for call in (lambda: provider.create(order), lambda: provider.ask(order)):
            with pytest.raises(Unreachable) as none:
                call()
            assert "not offered" not in str(none.value)


SAID = {  # where each is told of an order and asked about it; what it says: address, none, not decided yet
    "sandbox": (
        "/orders",
        "/orders/H99.101-26000001-01",
        {"redirect": BANK},
        {"redirect": None},
        {"state": "waiting"},
    ),
    "platform": ("/init", "/get-bill", {"UrlThanhToan": BANK}, {"MaLoi": "05"}, {"MaLoi": "99"}),
    "paygov": ("/create", "/query", {"data": {"url": BANK}}, {"data": None}, {"errorCode": "01"}),
}


@dataclass
class OtherEnd:
    """A provider's service that answers as the test has it, by path; ``heard``: path, headers and body."""

    url: str
    answers: dict[str, Any]
    heard: list[tuple[str, dict[str, str], dict[str, Any]]]


@pytest.fixture
def end() -> Iterator[OtherEnd]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            there.heard.append((self.path, dict(self.headers), json.loads(body or "{}")))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(there.answers[self.path]).encode())

        do_GET = do_POST

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there = OtherEnd(f"http://127.0.0.1:{server.server_address[1]}", {}, [])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield there
    server.shutdown()
    server.server_close()


def talking_to(name: str, end: OtherEnd) -> tuple[Any, Order]:
    provider: Any = copy(CASES[name].provider)
    provider.address = end.url
    return provider, order_for(provider)


@pytest.mark.parametrize("name", TALKING)
def test_it_is_told_of_an_order_and_says_where_the_payer_goes_on(name: str, end: OtherEnd) -> None:
    told, _, address, nothing, _ = SAID[name]
    provider, order = talking_to(name, end)
    end.answers[told] = address
    assert provider.create(order) == {"redirect": BANK}
    ((_, headers, body),) = end.heard
    assert {order.order, order.payee} <= {str(value) for value in body.values()}
    assert {108_000, "108000"} & {value for value in body.values() if isinstance(value, int | str)}
    if name == "paygov":
        assert body["checksum"] == paygov_says(order)["checksum"]
        assert headers["Authorization"] == "Bearer token"
    for empty in (nothing, {}):
        end.answers[told] = empty
        with pytest.raises(Unreachable, match="no address"):
            provider.create(order)


@pytest.mark.parametrize("name", TALKING)
def test_it_is_asked_and_what_it_says_counts_if_it_is_sealed(name: str, end: OtherEnd) -> None:
    _, asked, _, _, waits = SAID[name]
    provider, order = talking_to(name, end)
    said = CASES[name].says(order)  # type: ignore[misc]
    end.answers[asked] = said
    found = provider.ask(order)
    assert (found.succeeded, disagreement(found, order, "")) == (True, "")
    if name == "platform":
        ((_, _, body),) = end.heard
        written = f"GET_BILL|1.0.6|DT101|{order.order}|20261110140506|bi mat"
        assert body["MaXacThuc"] == hashlib.sha256(written.encode()).hexdigest()
    end.answers[asked] = waits
    assert provider.ask(order) is None
    seal_of = {"sandbox": "signature", "platform": "MaXacThuc", "paygov": "checksum"}[name]
    end.answers[asked] = said | {seal_of: "0" * 64}
    with pytest.raises(Unreachable, match="wrong_signature"):
        provider.ask(order)
    end.answers[asked] = CASES[name].says(order._replace(order="H99.101-26000009-01"))  # type: ignore[misc]
    assert disagreement(provider.ask(order), order, "") == "other_order"


def test_the_init_of_the_platform_is_hashed_as_written() -> None:
    platform = CASES["platform"].provider
    assert isinstance(platform, Platform)
    said = platform.init(order_for(platform))
    written = "INIT|1.0.6|DT101|H99.101-26000001-01|108000|PAYMENT|||vi|VND||H99.101-26000001|20261110140506||bi mat"
    assert said["MaXacThuc"] == hashlib.sha256(written.encode()).hexdigest()


def test_a_border_moved_between_two_fields_is_not_believed() -> None:
    case = CASES["platform"]
    order = order_for(case.provider)
    said = platform_says(order) | {"MaGiaoDich": "GD1|NH", "MaNganHang": "20261110140506", "ThoiGianGD": "phi",
                                   "ThongTinGiaoDich": ""}  # fmt: skip
    assert case.provider.read(json.dumps(said).encode()) == Rejected("malformed", order.order)


def test_a_declined_notice_made_a_success_is_only_a_reason_to_ask() -> None:
    case = CASES["paygov"]
    order = order_for(case.provider)
    declined = paygov_says(order) | {"errorCode": "07"}
    told = case.provider.read(json.dumps(declined | {"errorCode": "00"}).encode())
    assert isinstance(told, Confirmed)
    assert (told.succeeded, told.sealed) == (True, False)


def objects(text: str) -> dict[str, str]:
    """The data objects of an EMVCo code, read as the standard has it: tag, length, value."""
    found, at = {}, 0
    while at < len(text):
        size = int(text[at + 2 : at + 4])
        found[text[at : at + 2]] = text[at + 4 : at + 4 + size]
        at += 4 + size
    return found


def test_the_qr_code_is_read_back_from_its_picture_by_another_library() -> None:
    provider = CASES["vietqr"].provider
    payload = provider.create(order_for(provider))["qr"]
    rows = [[0 if dark else 255 for dark in row for _ in range(4)]
            for row in segno.make(payload).matrix_iter(border=4) for _ in range(4)]  # fmt: skip
    picture = memoryview(bytes(value for row in rows for value in row)).cast("B", (len(rows), len(rows[0])))
    (read,) = zxingcpp.read_barcodes(picture)
    assert read.text == payload
    told = objects(read.text)
    merchant = objects(told["38"])
    assert merchant["00"] == "A000000727"
    assert objects(merchant["01"]) == {"00": "970436", "01": "0011000000101"}
    assert merchant["02"] == "QRIBFTTA"
    assert (told["53"], told["54"], told["58"]) == ("704", "108000", "VN")
    assert orders_in(objects(told["62"])["08"]) == {"H991012600000101"}
    assert told["63"] == f"{crc16(payload[:-4]):04X}"
    assert len(objects(told["62"])["08"]) <= 25


def test_the_checksum_is_the_one_of_the_standard() -> None:
    assert crc16("123456789") == 0x29B1


@pytest.mark.parametrize("text", ["MBVCB.998.{}.CT tu 0123", "{}", "chuyen tien {} cam on", "{} FT26"])
def test_an_order_is_found_in_what_banks_make_of_a_text(text: str) -> None:
    assert orders_in(text.format(memo("H99.101-26000001-01").lower())) == {"H991012600000101"}


def test_a_garbled_order_is_no_order() -> None:
    good = memo("H99.101-26000001-01")
    changed = [good[:at] + ("7" if good[at] != "7" else "8") + good[at + 1 :] for at in range(2, len(good))]
    assert [text for text in changed if orders_in(text)] == []


def test_a_statement_tells_transfers_that_name_one_order_and_what_else_came(tmp_path: Path) -> None:
    good, other = memo("H99.101-26000001-01"), memo("H99.101-26000002-01")
    (tmp_path / "2026-11-10.csv").write_text(
        "transaction,account,amount,currency,description\n"
        f"FT1,0011000000101,108000,VND,{good} phi\n"
        "FT2,0011000000101,5000,VND,luong thang 11\n"
        f"FT3,0011000000101,1,VND,{good} {other}\n"
        f"FT4,0011000000101,108.000,VND,{other}\n",
        encoding="utf-8",
    )
    provider = VietQR(str(tmp_path), {"H99.101": {"bank": "970436", "number": "0011000000101"}})
    assert provider.statement(date(2026, 11, 10)) == [
        Confirmed("H991012600000101", 108_000, "VND", "0011000000101", "FT1"),
        Confirmed("", 5_000, "VND", "0011000000101", "FT2"),
        Confirmed("", 1, "VND", "0011000000101", "FT3"),
        Rejected("amount", "", "FT4", "0011000000101"),
    ]


@pytest.mark.parametrize("name", ["platform", "paygov"])
def test_a_contract_that_ended_is_an_unknown_outcome_and_stops_nobody_else(name: str) -> None:
    order = order_for(CASES[name].provider)._replace(payee="ended")
    with pytest.raises(Unreachable, match="no contract"):
        CASES[name].provider.ask(order)


def test_a_payment_that_the_platform_still_works_on_is_not_declined() -> None:
    case = CASES["platform"]
    assert isinstance(case.provider, Platform)
    order = order_for(case.provider)
    said = case.says(order) | {"MaLoi": "99"}  # type: ignore[misc]
    told = case.provider.read(json.dumps(said | {"MaXacThuc": code_of(said, CONFIRM, "bi mat")}).encode())
    assert isinstance(told, Confirmed)
    assert disagreement(told, order, "") == "outcome_not_sealed"
