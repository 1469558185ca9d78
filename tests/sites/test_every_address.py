"""Addresses that take a code or an id: what is not there, not one's own, or no id at all is 404 or 403, never 500."""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from motcua.base.ids import new_id
from motcua.base.models import Fact
from motcua.people.models import Agency, Officer, Post
from tests.node import DAY, Node
from tests.sites.desk import Clock, seated, signed_in
from tests.sites.every_address import Address, addresses, everything_of, values_for

pytestmark = pytest.mark.django_db
NO_ID = ("x", "9" * 40, "\x00")
NO_PLACE = (10**6, 10**30)
NO = {403, 404, 405}
UNREAD = {400, 401, 415, 422}  # what a program is told of itself or of its body before anything is looked up

# What everybody may see, or everybody who works there: it belongs to the country or to nobody.
OPEN = {
    "api:procedure", "api:agencies", "api:status", "api:credential_status", "api:callback", "portal:event",
    "portal:field", "portal:procedure", "portal:start", "desk:screen", "desk:intake", "desk:sheet_send",
    "desk:sheet_template",
}  # fmt: skip
# A button's address that was opened like a page leads back to its page.
TURNED = {
    "desk:saved_change", "desk:absence_ended", "desk:registered_change", "desk:bill_act", "desk:note_removed",
    "desk:withdraw_opinion", "designer:once_known", "designer:next_edition",
}  # fmt: skip
TOLD_THERE = {"desk:withdraw_opinion"}  # what is wrong is told on the page of the dossier


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """A thousand refusals are a thousand lines in the log."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def theirs(node: Node, clock: Clock) -> dict[str, Any]:
    """One of everything in ward Hoa Sen."""
    return everything_of(node)


def with_every_role(login: str, code: str) -> Client:
    """An officer who may do everything at one agency: what is refused is refused for whose it is."""
    agency, officer = Agency.objects.get(code=code), Officer.objects.get(account__login=login)
    for role in {"reception", "clerk", "head", "approver"} - set(
        officer.posts.filter(agency=agency).values_list("role", flat=True)
    ):
        Post.objects.create(officer=officer, agency=agency, role=role, valid_from=DAY)
    return seated(login, agency.id)


WHO = {
    "stranger": lambda: Client(),
    "citizen": lambda: signed_in("chu.hung"),
    "officer elsewhere": lambda: with_every_role("motcua.suoingoc", "H99.104"),
    "mother": lambda: signed_in("me.lan"),
    "officer there": lambda: with_every_role("hotich.hoasen", "H99.101"),
    "clerk": lambda: signed_in("hotich.hoasen"),
    "administrator": lambda: signed_in("quantri"),
}
AT = {"officer elsewhere": "H99.104", "officer there": "H99.101"}


def asked(client: Client, who: str, address: Address, values: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """What opening and sending to the address is answered: method and status, a way to the door told apart."""
    path, client.raise_request_exception = quote(address.at(values)), False
    headers = {"If-Match": "1", "Idempotency-Key": "a"} | ({"X-Agency": AT[who]} if who in AT else {})
    program = address.name.startswith("api:")
    for method, answer in (
        ("GET", client.get(path, headers=headers)),
        ("POST", client.post(path, b"{}", content_type="application/json", headers=headers) if program
                 else client.post(path, {"name": "Tên", "number": "1/QĐ", "reason": "Lý do"}, headers=headers)),
    ):  # fmt: skip
        door = answer.status_code == 302 and "/dang-nhap/" in answer["Location"]
        yield method, 401 if door else answer.status_code


def fine(address: Address, method: str, status: int) -> bool:
    """Whether this is a way of saying no."""
    turned = status == 302 and (address.name in TURNED if method == "GET" else address.name in TOLD_THERE)
    return status in NO or turned or (status in UNREAD and address.name.startswith("api:"))


def wrong(kind: str) -> tuple[Any, ...]:
    """What can stand in a place of this kind and is nothing."""
    return {"IntConverter": NO_PLACE, "UUIDConverter": (new_id(),)}.get(kind, (new_id(), *NO_ID))


@pytest.mark.parametrize("face", ["portal", "desk", "designer", "api"])
@pytest.mark.parametrize("who", ["stranger", "citizen", "officer elsewhere"])
def test_what_is_somebody_elses_or_nobodys_is_neither_shown_nor_touched(
    theirs: dict[str, Any], who: str, face: str
) -> None:
    name = "clerk" if face == "designer" and who == "officer elsewhere" else who  # an approver may read every edition
    client, facts, told = WHO[name](), Fact.objects.count(), []
    for address in (each for each in addresses() if each.name.startswith(f"{face}:")):
        values = values_for(address, theirs)
        cases = [{place: wrong(kind)[turn] for place, kind in address.places.items()} for turn in (0, -1)]
        for case in [*([] if address.name in OPEN else [values]), *cases]:
            told += [
                (address.name, method, status, case) for method, status in asked(client, name, address, case)
                if not fine(address, method, status) and not (status == 401 and who == "stranger")
            ]  # fmt: skip
    assert (told, Fact.objects.count()) == ([], facts)


@pytest.mark.parametrize(
    ("who", "face"),
    [
        ("mother", "portal"),
        ("mother", "api"),
        ("officer there", "desk"),
        ("officer there", "api"),
        ("administrator", "designer"),
    ],
)
def test_below_what_is_ones_own_an_id_of_nothing_is_not_found(theirs: dict[str, Any], who: str, face: str) -> None:
    client, facts, told = WHO[who](), Fact.objects.count(), []
    for address in (each for each in addresses() if each.name.startswith(f"{face}:")):
        values = values_for(address, theirs)
        for place, kind in address.places.items():
            for nothing in wrong(kind):
                told += [
                    (address.name, method, status, place, nothing)
                    for method, status in asked(client, who, address, values | {place: nothing})
                    if not fine(address, method, status)
                ]
    assert (told, Fact.objects.count()) == ([], facts)


def test_the_table_knows_every_address_that_takes_something(theirs: dict[str, Any]) -> None:
    found = addresses()
    assert {each.name.partition(":")[0] for each in found} == {"api", "desk", "designer", "portal"}
    assert {*OPEN, *TURNED} <= {each.name for each in found}
    for each in found:
        assert set(values_for(each, theirs)) == set(each.places)
