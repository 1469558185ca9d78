"""Paying through the API: bills are read, a payment is begun once for one key, and nothing said there is money."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.gateways.adapters.vietqr import VietQR
from motcua.payments import actions
from motcua.payments.models import Attempt, Bill
from motcua.payments.ports import Providers
from motcua.people.models import Account
from motcua.sites.api.access import token_for
from tests.node import Node
from tests.payments.money import TOTAL, asked, banks, bill, books, message
from tests.sites.desk import Clock

MOTHER, STRANGER = "me.lan", "chu.hung"


@pytest.fixture(autouse=True)
def known_banks(clock: Clock) -> Iterator[Providers]:
    """A bank, and transfers, which need nobody outside."""
    with banks() as known:
        known["vietqr"] = VietQR("nowhere", {"H99.101": {"bank": "970436", "number": "0011000000101"}})
        yield known


def call(method: str, path: str, login: str = MOTHER, data: Any = None, **headers: str) -> Any:
    token = token_for(Account.objects.get(login=login))
    body = {"data": json.dumps(data), "content_type": "application/json"} if data is not None else {}
    return Client().generic(
        method, f"/api/v1{path}", body.get("data", ""), body.get("content_type", "application/json"),
        headers={"Authorization": f"Bearer {token}", **headers},
    )  # fmt: skip


def owed(node: Node) -> tuple[Dossier, Bill]:
    """A dossier of the mother's and its bill."""
    dossier = node.submitted()
    return dossier, bill(node, dossier.stream)


def begin(dossier: Dossier, number: str, key: str = "k-1", login: str = MOTHER, way: str = "vietqr") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return call("POST", f"/dossiers/{dossier.code}/payments", login, {"bill": number, "provider": way}, **headers)


def test_a_bill_is_read_with_its_lines_and_the_ways_to_pay(node: Node) -> None:
    dossier, made = owed(node)
    (found,) = call("GET", f"/dossiers/{dossier.code}/bills").json()["items"]
    assert (found["number"], found["state"], found["total_vnd"], found["currency"]) == (
        made.number,
        "open",
        TOTAL,
        "VND",
    )
    assert [line["total_vnd"] for line in found["lines"]] == [100_000, 8_000]
    assert found["providers"] == ["other", "sandbox", "vietqr"]
    assert call("GET", f"/dossiers/{dossier.code}/bills/{made.number}").json() == found


def test_the_same_key_and_body_is_the_same_payment(committed_node: Node) -> None:
    dossier, made = owed(committed_node)
    first = begin(dossier, made.number)
    assert first.status_code == 201
    assert first.json()["answer"]["account"] == "0011000000101"
    again = begin(dossier, made.number)
    assert (again.json(), Attempt.objects.count()) == (first.json(), 1)


def test_the_same_key_with_another_body_is_a_conflict(committed_node: Node) -> None:
    dossier, made = owed(committed_node)
    begin(dossier, made.number)
    before = books()
    found = begin(dossier, made.number, way="sandbox")
    assert (found.status_code, found.json()["code"]) == (409, "key_reused")
    assert books() == before


def test_the_key_of_one_person_is_not_the_key_of_another(committed_node: Node) -> None:
    dossier, made = owed(committed_node)
    begin(dossier, made.number)
    before = books()
    assert begin(dossier, made.number, login=STRANGER).status_code == 404
    assert books() == before


REFUSED: dict[str, tuple[dict[str, str], int, str]] = {
    "no key": ({"key": ""}, 400, "idempotency_key_missing"),
    "a key that is too long": ({"key": "k" * 201}, 400, "idempotency_key_missing"),
    "no such bill": ({"number": "H99.101-26999999"}, 404, "bill_unknown"),
    "no such provider": ({"way": "nobody"}, 409, "provider_unknown"),
    "a stranger": ({"login": STRANGER}, 404, "dossier_unknown"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_begins_nothing(committed_node: Node, name: str) -> None:
    given, status, code = REFUSED[name]
    dossier, made = owed(committed_node)
    before = books()
    found = begin(dossier, **({"number": made.number} | given))  # type: ignore[arg-type]
    assert (found.status_code, found.json()["code"]) == (status, code)
    assert books() == before


def test_a_paid_bill_tells_its_receipt_and_can_not_be_paid_again(node: Node) -> None:
    dossier, made = owed(node)
    actions.confirm("sandbox", message(asked(node, made)), at=timezone.now())
    found = call("GET", f"/dossiers/{dossier.code}/bills/{made.number}").json()
    assert (found["state"], found["receipt"], found["providers"]) == ("paid", "0000001/2026/BL-H99.101", [])
    before = books()
    assert begin(dossier, made.number, "k-2").json()["code"] == "wrong_state"
    assert books() == before


def test_the_description_names_bills_and_payments() -> None:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/dossiers/{code}/bills", "/api/v1/dossiers/{code}/bills/{number}"} <= set(paths)
    names = [each["name"] for each in paths["/api/v1/dossiers/{code}/payments"]["post"]["parameters"]]
    assert "Idempotency-Key" in names
