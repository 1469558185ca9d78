"""The demo's bank as a person sees it, the file that makes it a way to pay, and amounts in words."""

import stat
from pathlib import Path

import pytest
import yaml

from motcua.base.money import in_words
from motcua.sites.cli import demo_bank
from motcua.sites.cli.sandbox_bank import WAYS, Bank
from motcua.sites.cli.sandbox_pages import WAYS as BUTTONS
from motcua.sites.frame.paying import safe_address

ORDER = {"order": "H99.101-26000001-01", "amount_vnd": 66_000, "currency": "VND", "payee": "H99.101", "told": ""}


def bank(**more: str) -> Bank:
    """A bank that knows one order and calls nobody back."""
    found = Bank("secret", "http://127.0.0.1:9/")
    found.create({**ORDER, **more})
    return found


def test_every_bad_day_has_its_button() -> None:
    assert set(BUTTONS) == set(WAYS)
    page = bank().page("GET", ["pay", ORDER["order"]], {})
    assert page is not None
    assert [way for way in WAYS if f'value="{way}"' not in page] == []
    assert "66.000 ₫" in page


def test_a_press_moves_the_money_and_the_buttons_are_gone() -> None:
    found = bank(back="http://127.0.0.1:8000/ho-so/1/nop-phi/ve/")
    page = found.page("POST", ["pay", ORDER["order"]], {"as": "silent"})
    assert found.orders[str(ORDER["order"])]["state"] == "paid"
    assert page is not None and "Đã trừ tiền" in page and "<button" not in page
    assert 'href="http://127.0.0.1:8000/ho-so/1/nop-phi/ve/"' in page


def test_what_the_node_sends_is_shown_as_text_and_no_script_becomes_a_link() -> None:
    found = bank(payee="<b>x</b>", back="javascript:alert(1)")
    page = found.page("GET", ["pay", ORDER["order"]], {})
    assert page is not None
    assert "<b>x</b>" not in page and "javascript:" not in page


def test_an_order_nobody_made_is_told_so() -> None:
    page = bank().page("POST", ["pay", "nothing"], {"as": "approve"})
    assert page is not None and "Không có đơn hàng này" in page


@pytest.mark.parametrize(
    ("text", "shown"),
    [("https://bank.vn/x", "https://bank.vn/x"), ("javascript:alert(1)", ""), ("data:text/html,x", ""), ("/x", "")],
)
def test_only_addresses_of_the_web_become_links(text: str, shown: str) -> None:
    assert safe_address(text) == shown


def test_the_file_of_the_demo_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    path = demo_bank.write(tmp_path / "var", "http://127.0.0.1:9200", "a secret")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    named = yaml.safe_load(path.read_text())
    assert named["sandbox"] == {"address": "http://127.0.0.1:9200", "secret": "a secret"}
    assert set(named["vietqr"]["accounts"]) == set(demo_bank.AGENCIES)


def test_an_operator_who_named_providers_gets_no_bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_PROVIDERS", "theirs.yaml")
    assert demo_bank.start(tmp_path, "http://127.0.0.1:8000") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"), (8_000, "Tám nghìn đồng"), (15, "Mười lăm đồng"), (21, "Hai mươi mốt đồng"),
        (108_000, "Một trăm linh tám nghìn đồng"), (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (1_000_000_000, "Một tỷ đồng"),
    ],
)  # fmt: skip
def test_an_amount_is_written_in_words(amount: int, words: str) -> None:
    assert in_words(amount) == words
