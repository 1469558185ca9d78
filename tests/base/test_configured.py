"""An operator's file: what it names is made; what is wrong in it stops the start and says where."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from motcua import wiring
from motcua.base import configured
from motcua.gateways.adapters.vietqr import VietQR
from motcua.payments.ports import Order
from motcua.wiring import WAYS_TO_PAY

GOOD = """
vietqr:
  statements: /srv/statements
  accounts:
    H99.101: {bank: 970436, number: 0011000000101, holder: UBND phường Hoa Sen}
sandbox: {address: "http://127.0.0.1:9200", secret: bi mat}
"""
WRONG = {
    "vnpay: {}": "nobody knows 'vnpay'",
    "paygov: {address: a, token: b, back: c, partners: {H99.101: {code: x}}}": "paygov: ",
    "sandbox: {address: a}": "sandbox: ",
    "sandbox: {address: a, secret: b, sceret: c}": "sceret",
    "sandbox": "names with options",
    "sandbox: nothing": "sandbox: ",
    "- sandbox": "names with options",
    "vietqr: {statements: s, accounts: {H99.101: {bank: 97043, number: 12345}}}": "six digits, not '97043'",
    "vietqr: {statements: s, accounts: {H99.101: {bank: 970436, number: 1 2}}}": "account number: '1 2'",
    "a: {b: [": "expected",
    "\x00": "",
}


def made(file: Path) -> dict[str, object]:
    """The ways to pay of a file."""
    return dict(configured.made("MOTCUA_PROVIDERS", str(file), WAYS_TO_PAY.get))


def test_numbers_stay_as_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(GOOD, encoding="utf-8")
    found = made(tmp_path / "p.yaml")
    assert sorted(found) == ["sandbox", "vietqr"]
    assert isinstance(way := found["vietqr"], VietQR)
    assert way.payee("H99.101") == "0011000000101"
    assert "0011000000101" in way.create(Order("H99.101-26000001-01", 8000, "0011000000101"))["qr"]


def test_no_file_is_nothing_and_an_empty_one_too(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("", encoding="utf-8")
    assert configured.made("MOTCUA_PROVIDERS", "", WAYS_TO_PAY.get) == {}
    assert made(tmp_path / "p.yaml") == {}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_said_in_one_line_with_file_and_place(tmp_path: Path, text: str) -> None:
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ImproperlyConfigured) as refused:
        made(tmp_path / "p.yaml")
    said = str(refused.value)
    assert said.startswith(f"MOTCUA_PROVIDERS ({tmp_path / 'p.yaml'}): ")
    assert WRONG[text] in said
    assert "\n" not in said


@pytest.mark.parametrize("text", ["nothing", "- trust", "trsut: {roots: []}", "trust: root.pem", "a: [", "\x00"])
def test_a_file_of_keys_that_is_none_stops_the_start(tmp_path: Path, settings: Any, text: str) -> None:
    (tmp_path / "signing.yaml").write_text(text, encoding="utf-8")
    settings.SIGNING = str(tmp_path / "signing.yaml")
    with pytest.raises(ImproperlyConfigured, match="MOTCUA_SIGNING"):
        wiring.keys()


def test_a_command_stops_with_the_line_and_no_traceback(tmp_path: Path) -> None:
    there = os.environ | {"MOTCUA_PROVIDERS": str(tmp_path / "away.yaml"), "MOTCUA_VAR": str(tmp_path)}
    command = [sys.executable, "-m", "motcua", "calendar", "2026"]
    done = subprocess.run(command, env=there, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("motcua: sai cấu hình, wrong settings: MOTCUA_PROVIDERS (")
