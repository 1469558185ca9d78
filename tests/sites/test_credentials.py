"""Credentials where people and programs meet them: taken by the holder, checked by anybody, published keys."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from motcua.base.models import Fact
from motcua.credentials import tokens
from motcua.dossiers.models import Dossier
from motcua.people.models import Account
from motcua.results import actions
from motcua.results.models import Result
from motcua.sites.api.access import token_for
from tests.node import Node
from tests.results.decided import documented
from tests.sites.desk import Clock, signed_in, text_of

pytestmark = pytest.mark.django_db
VERIFY, PAGE = "/api/ket-qua/kiem-chung", "/ket-qua/chung-thuc-so/"


@pytest.fixture(autouse=True)
def _issuer(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.SITE_ADDRESS = "https://dichvucong.example.vn"
    settings.CREDENTIAL_KEYS = tmp_path / "credential-keys.json"
    yield


@pytest.fixture
def dossier(node: Node, clock: Clock) -> Dossier:
    """One whose result was handed over."""
    found = node.submitted()
    result = documented(node, reference=found.stream)
    actions.hand_over(result.reference, by=node.reception, at=node.noon)
    return found


def result_of(dossier: Dossier) -> Result:
    return Result.objects.get(reference=dossier.stream)


def take(dossier: Dossier, login: str = "me.lan") -> Any:
    return signed_in(login).get(f"/ho-so/{dossier.code}/ket-qua/chung-thuc-so/")


def verify(body: str | bytes, kind: str = "application/vc+jwt") -> Any:
    return Client().post(VERIFY, body, content_type=kind)


def test_the_holder_takes_it_from_the_page_of_the_dossier(dossier: Dossier) -> None:
    page = text_of(signed_in("me.lan").get(f"/ho-so/{dossier.code}/"))
    assert f'href="/ho-so/{dossier.code}/ket-qua/chung-thuc-so/"' in page
    facts = Fact.objects.count()
    answer = take(dossier)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/vc+jwt")
    assert answer["Content-Disposition"].endswith('.jwt"')
    assert verify(answer.content).json()["verified"] is True
    assert Fact.objects.count() == facts


def test_nobody_else_takes_it(dossier: Dossier) -> None:
    assert take(dossier, "chu.hung").status_code == 404
    assert take(dossier, "chutich.hoasen").status_code == 403
    assert Client().get(f"/ho-so/{dossier.code}/ket-qua/chung-thuc-so/").status_code == 302


def test_a_program_of_the_holder_takes_the_same(dossier: Dossier, node: Node) -> None:
    def ask(login: str) -> Any:
        headers = {"Authorization": f"Bearer {token_for(Account.objects.get(login=login))}"}
        return Client().get(f"/api/v1/dossiers/{dossier.code}/credential", headers=headers)

    found = ask("me.lan").json()
    assert verify(found["credential"]).json()["verified"] is True
    assert ask("chu.hung").status_code == 404
    assert ask("chutich.hoasen").status_code == 403


def test_what_was_taken_back_is_given_no_more_and_verifies_no_more(dossier: Dossier, node: Node) -> None:
    token = take(dossier).content
    actions.revoke(result_of(dossier).id, "Cấp sai", "15/QĐ-UBND", by=node.approver, at=node.noon)
    answer = verify(token).json()
    assert (answer["verified"], answer["problem"], answer["status"], answer["signature"]) == (
        False, "credential_revoked", "revoked", True,
    )  # fmt: skip
    assert "đã bị thu hồi" in answer["detail"]
    refused = take(dossier)
    assert refused.status_code == 409 and "hiện không có hiệu lực" in text_of(refused)


def test_the_answer_says_what_was_checked_and_shows_nothing_unproven(dossier: Dossier) -> None:
    token = take(dossier).content.decode()
    good = verify(token).json()
    assert (good["problem"], good["status"], good["signature"]) == ("", "issued", True)
    assert good["credential"]["credentialSubject"]["resultNumber"] == result_of(dossier).number
    bad = verify(token[:-6] + "AAAAAA").json()
    assert (bad["verified"], bad["signature"], bad["status"], bad["credential"]) == (False, False, None, None)
    assert bad["problem"] == "credential_signature_wrong"
    wrapped = verify(json.dumps({"verifiableCredential": token}), "application/json").json()
    assert wrapped["verified"] is True


@pytest.mark.parametrize(
    ("body", "kind", "problem"),
    [
        (b"", "text/plain", "credential_unreadable"),
        (b"\xff\xfe\x00", "text/plain", "credential_unreadable"),
        (b"[]", "application/json", "credential_unreadable"),
        (b'{"verifiableCredential": {"a": 1}}', "application/json", "credential_unreadable"),
        (b"{", "application/json", "credential_unreadable"),
        (b"A" * (tokens.MOST_BYTES + 1), "text/plain", "credential_too_large"),
    ],
)
def test_anything_else_gets_the_same_kind_of_no(db: None, body: bytes, kind: str, problem: str) -> None:
    answer = verify(body, kind)
    assert (answer.status_code, answer.json()["verified"], answer.json()["problem"]) == (200, False, problem)


def test_a_body_that_is_too_large_is_not_read(db: None) -> None:
    assert verify(b"A" * 100_000, "text/plain").status_code == 413
    assert Client().get(VERIFY).status_code == 405


def test_checking_costs_one_query(dossier: Dossier, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    token = take(dossier).content
    with django_assert_num_queries(1):
        verify(token)
    with django_assert_num_queries(0):
        verify(token[:-6] + b"AAAAAA")


def test_the_status_of_a_result_is_open_and_names_nobody(dossier: Dossier, node: Node) -> None:
    result = result_of(dossier)
    address = f"/api/ket-qua/trang-thai/{result.id}"
    on = {"on": "2026-11-10"}
    assert Client().get(address).json() == on | {"status": "issued", "in_force": True, "detail": "Đang có hiệu lực."}
    actions.suspend(result.id, "Đang xác minh", by=node.approver, at=node.noon)
    suspended = {"status": "suspended", "in_force": False, "detail": "Tạm dừng hiệu lực từ 10/11/2026."}
    assert Client().get(address).json() == on | suspended
    actions.resume(result.id, "Đã xác minh", by=node.approver, at=node.noon)
    actions.revoke(result.id, "Cấp sai", "15/QĐ-UBND", by=node.approver, at=node.noon)
    words = "Đã thu hồi ngày 10/11/2026 theo quyết định số 15/QĐ-UBND."
    assert Client().get(address).json() == on | {"status": "revoked", "in_force": False, "detail": words}
    assert "revoked" in Client().get(address, headers={"Accept-Language": "en"}).json()["detail"].lower()
    assert Client().get("/api/ket-qua/trang-thai/00000000-0000-7000-8000-000000000000").status_code == 404
    assert Client().get(f"/api/ket-qua/trang-thai/{documented(node).id}").status_code == 404  # not handed over yet


def test_keys_and_did_document_stand_where_standards_look(db: None) -> None:
    document, key_set = Client().get("/.well-known/did.json"), Client().get("/.well-known/jwks.json")
    assert (document["Content-Type"], key_set["Content-Type"]) == ("application/did+json", "application/jwk-set+json")
    (method,), (key,) = document.json()["verificationMethod"], key_set.json()["keys"]
    assert (document.json()["id"], method["publicKeyJwk"]) == ("did:web:dichvucong.example.vn", key)
    assert key_set["Access-Control-Allow-Origin"] == "*" and "d" not in key


def test_anybody_pastes_it_into_a_page_and_is_told_in_words(dossier: Dossier, node: Node) -> None:
    token = take(dossier).content.decode()
    assert 'href="/ket-qua/chung-thuc-so/"' in text_of(Client().get("/ket-qua/"))
    good = text_of(Client().post(PAGE, {"ma": f" {token}\n"}))
    assert "có thật và đang có hiệu lực" in good and result_of(dossier).number in good and "N. T. L." in good
    forged = text_of(Client().post(PAGE, {"ma": token[:-6] + "AAAAAA"}))
    assert "Chữ ký không đúng" in forged and result_of(dossier).number not in forged
    actions.revoke(result_of(dossier).id, "Cấp sai", "15/QĐ-UBND", by=node.approver, at=node.noon)
    revoked = text_of(Client().post(PAGE, {"ma": token}))
    assert "đã bị thu hồi" in revoked and "đang có hiệu lực</" not in revoked
    assert "genuine" in text_of(Client().get("/en" + PAGE))


def test_a_stranger_sends_the_file_as_it_was_taken(dossier: Dossier) -> None:
    taken = take(dossier).content
    box = text_of(Client().get(PAGE))
    assert 'type="file"' in box
    assert 'enctype="multipart/form-data"' in box
    for content, told in {
        taken: "Chứng thực số này có thật và đang có hiệu lực",
        taken + b"\n": "Chứng thực số này có thật và đang có hiệu lực",
        b"\xff\x00": "Hãy chọn đúng tệp .jwt, hoặc dán nguyên toàn bộ nội dung tệp",
        b"a" * 3_000_000: "Mã quá dài",
    }.items():
        page = text_of(Client().post(PAGE, {"tep": SimpleUploadedFile("ket-qua.jwt", content), "ma": ""}))
        assert told in page
    assert "có thật" in text_of(Client().post(PAGE, {"ma": taken.decode()}))
