"""A result as a Verifiable Credential: what stands in it, who can check it without us, and every forgery we know."""

import hashlib
import hmac
import json
import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc import jws
from joserfc.jwk import ECKey, OctKey
from pytest_django.fixtures import Settings

from motcua.base.errors import Refused
from motcua.base.models import Fact
from motcua.base.text import initials
from motcua.credentials import keys, tokens
from motcua.results import actions
from motcua.results.models import Result
from tests.node import Node
from tests.results.decided import HOUR, documented, issued

pytestmark = pytest.mark.django_db
SITE = "https://dichvucong.example.vn"
HOLDER = "Nguyễn Thị Lan"


@pytest.fixture(autouse=True)
def issuer(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A node with an address and keys of its own."""
    settings.SITE_ADDRESS = SITE
    settings.CREDENTIAL_KEYS = tmp_path / "keys" / "credential-keys.json"
    yield settings.CREDENTIAL_KEYS


def handed_over(node: Node, **changes: object) -> Result:
    result = documented(node, **changes)
    actions.hand_over(result.reference, by=node.reception, at=node.noon)
    result.refresh_from_db()
    return result


def b64(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def opened(token: str) -> tuple[dict[str, Any], dict[str, Any], bytes, bytes]:
    """Header, content, what was signed, signature: read by hand, by the letters of RFC 7515."""
    head, content, signature = token.split(".")
    return json.loads(unb64(head)), json.loads(unb64(content)), f"{head}.{content}".encode(), unb64(signature)


def by_the_did_document(token: str, document: dict[str, Any]) -> None:
    """Check a token as a stranger does, with ``cryptography`` alone. Raises ``InvalidSignature``."""
    header, _, signed, signature = opened(token)
    (method,) = [each for each in document["verificationMethod"] if each["id"] == header["kid"]]
    assert method["id"] in document["assertionMethod"]
    x, y = (int.from_bytes(unb64(method["publicKeyJwk"][name])) for name in ("x", "y"))
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    half = len(signature) // 2
    der = encode_dss_signature(int.from_bytes(signature[:half]), int.from_bytes(signature[half:]))
    key.verify(der, signed, ec.ECDSA(SHA256()))


def test_a_stranger_checks_it_with_another_library_and_the_did_document(node: Node, issuer: Path) -> None:
    token = tokens.issue(handed_over(node), at=node.noon)
    document = keys.did_document(issuer, SITE)
    by_the_did_document(token, document)
    head, content, signature = token.split(".")
    with pytest.raises(InvalidSignature):
        by_the_did_document(
            f"{head}.{b64(unb64(content).replace(b'Lan', b'Mai').replace(b'L.', b'M.'))}.{signature}", document
        )


def test_the_document_keeps_the_rules_of_the_data_model(node: Node) -> None:
    result = handed_over(node, validity="6 tháng")
    header, found, _, _ = opened(tokens.issue(result, at=node.noon))
    assert header == {"alg": "ES256", "typ": "vc+jwt", "cty": "vc", "kid": header["kid"]}
    assert found["@context"][0] == "https://www.w3.org/ns/credentials/v2"  # first, and exactly this
    assert found["type"][0] == "VerifiableCredential" and len(found["type"]) == 2
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", found["id"])
    assert found["issuer"]["id"] == "did:web:dichvucong.example.vn"
    assert found["issuer"]["id"] == header["kid"].partition("#")[0]
    stamp = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00"  # xsd:dateTimeStamp: with a zone
    assert re.fullmatch(stamp, found["validFrom"]) and re.fullmatch(stamp, found["validUntil"])
    assert (found["validFrom"], found["validUntil"]) == ("2026-11-10T00:00:00+07:00", "2027-05-10T23:59:59+07:00")
    status = found["credentialStatus"]
    assert status == {"id": f"{SITE}/api/ket-qua/trang-thai/{result.id}", "type": "ResultRegistryStatus"}
    assert urlsplit(status["id"]).scheme == "https"
    terms = found["@context"][1]
    said = {*found["credentialSubject"], found["type"][1], status["type"]}
    assert said == set(terms) and all(urlsplit(iri).scheme == "https" for iri in terms.values())
    assert not {"vc", "vp", "issuanceDate", "expirationDate"} & set(found)  # of version 1.1, no more
    assert "validUntil" not in opened(tokens.issue(handed_over(node), at=node.noon))[1]


def test_the_holder_is_not_to_be_found_in_it(node: Node) -> None:
    result = handed_over(node)
    _, found, _, _ = opened(tokens.issue(result, at=node.noon))
    said = json.dumps(found, ensure_ascii=False)
    assert found["credentialSubject"]["holderInitials"] == "N. T. L."
    assert HOLDER not in said and "001196000101" not in said and node.mother.id not in said
    assert hashlib.sha256(b"001196000101").hexdigest() not in said
    assert result.check_code not in said
    assert initials("Lan") == "L."


def test_what_holds_is_told_so_and_nothing_is_written(node: Node) -> None:
    token = tokens.issue(handed_over(node), at=node.noon)
    facts = Fact.objects.count()
    found = tokens.check(token, at=node.noon + HOUR)
    assert (found.verified, found.problem, found.status) == (True, "", "issued")
    assert found.claims["credentialSubject"]["resultTitle"] == "Giấy khai sinh"
    assert Fact.objects.count() == facts


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (issued, "credential_not_ready"),
        (documented, "credential_not_ready"),
        (lambda node: handed_over(node, granted=False), "credential_not_in_force"),
        (lambda node: taken_back(node, handed_over(node)), "credential_not_in_force"),
    ],
)
def test_what_is_not_in_its_holders_hands_or_not_in_force_is_no_credential(
    node: Node, made: Callable[[Node], Result], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        tokens.issue(made(node), at=node.noon)


def taken_back(node: Node, result: Result) -> Result:
    return actions.revoke(result.id, "Cấp sai đối tượng", "15/QĐ-UBND", by=node.approver, at=node.noon)


def suspended(node: Node, result: Result) -> Result:
    return actions.suspend(result.id, "Đang xác minh", by=node.approver, at=node.noon)


def replaced(node: Node, result: Result) -> Result:
    return actions.replace(result.id, "Cấp lại", documented(node).number, by=node.approver, at=node.noon)


@pytest.mark.parametrize(
    ("change", "problem", "status"),
    [
        (taken_back, "credential_revoked", "revoked"),
        (suspended, "credential_suspended", "suspended"),
        (replaced, "credential_replaced", "replaced"),
    ],
)
def test_a_right_signature_says_nothing_once_the_registry_took_the_result_back(
    node: Node, change: Callable[[Node, Result], Result], problem: str, status: str
) -> None:
    result = handed_over(node)
    token = tokens.issue(result, at=node.noon)
    change(node, result)
    found = tokens.check(token, at=node.noon + HOUR)
    assert (found.verified, found.problem, found.status) == (False, problem, status)
    assert found.claims["id"] == f"urn:uuid:{result.id}"


def test_dates_count_to_the_last_second_of_the_last_day_here(node: Node) -> None:
    token = tokens.issue(handed_over(node, validity="90 ngày"), at=node.noon)
    last = datetime.fromisoformat(opened(token)[1]["validUntil"])
    first = datetime.fromisoformat(opened(token)[1]["validFrom"])
    assert tokens.check(token, at=last).problem == ""
    assert tokens.check(token, at=last + timedelta(seconds=1)).problem == "credential_expired"
    assert tokens.check(token, at=first).problem == ""
    assert tokens.check(token, at=first - timedelta(seconds=1)).problem == "credential_not_yet"


def resigned(key: Any, header: dict[str, Any], content: dict[str, Any], algorithm: str = "ES256") -> str:
    return jws.serialize_compact(header, json.dumps(content).encode(), key, algorithms=[algorithm])


def ours(issuer: Path) -> ECKey:
    return keys.keys_in(issuer)[0]


def signed(header: dict[str, Any], content: bytes, path: Path) -> str:
    return jws.serialize_compact(header, content, ours(path), algorithms=["ES256"])


def with_public_key_as_secret(token: str, issuer: Path) -> str:
    """HS256, its secret our public key in PEM: what a library falls for that believes the header."""
    header, content, _, _ = opened(token)
    head = b64(json.dumps(header | {"alg": "HS256"}).encode())
    begin = f"{head}.{b64(json.dumps(content).encode())}"
    secret = ours(issuer).as_pem(private=False)
    return f"{begin}.{b64(hmac.digest(secret, begin.encode(), 'sha256'))}"


def bringing_a_key(token: str, _: Path) -> str:
    header, content, _, _ = opened(token)
    stranger = ECKey.generate_key("P-256", private=True)
    head = b64(json.dumps(header | {"jwk": stranger.as_dict(private=False)}).encode())
    theirs = jws.serialize_compact({"alg": "ES256"}, json.dumps(content).encode(), stranger, algorithms=["ES256"])
    return f"{head}.{theirs.partition('.')[2]}"


def other_key(token: str, _: Path, **header_changes: str) -> str:
    header, content, _, _ = opened(token)
    return resigned(ECKey.generate_key("P-256", private=True), header | header_changes, content)


def raw(header: object, content: object, signature: str = "AA") -> str:
    return f"{b64(json.dumps(header).encode())}.{b64(json.dumps(content).encode())}.{signature}"


def changed(token: str, path: Path, *, sign: bool = False, **changes: object) -> str:
    header, content, _, _ = opened(token)
    if sign:
        return resigned(ours(path), header, content | changes)
    head, _, signature = token.split(".")
    return f"{head}.{b64(json.dumps(content | changes).encode())}.{signature}"


ATTACKS: dict[str, tuple[Callable[[str, Path], str], str]] = {
    "alg none, no signature": (
        lambda t, _: raw(opened(t)[0] | {"alg": "none"}, opened(t)[1], ""), "credential_kind_refused"),
    "alg None spelt otherwise": (
        lambda t, _: raw(opened(t)[0] | {"alg": "nOnE"}, opened(t)[1], ""), "credential_kind_refused"),
    "no alg": (lambda t, _: raw({"typ": "vc+jwt", "kid": opened(t)[0]["kid"]}, opened(t)[1]), "credential_kind_refused"),
    "HS256 with the public key": (with_public_key_as_secret, "credential_kind_refused"),
    "another key under our name": (other_key, "credential_signature_wrong"),
    "another key under its own name": (
        lambda t, p: other_key(t, p, kid="did:web:evil.example#1"), "credential_other_issuer"),
    "another key under our DID": (
        lambda t, p: other_key(t, p, kid="did:web:dichvucong.example.vn#1"), "credential_other_issuer"),
    "a key in the header": (bringing_a_key, "credential_kind_refused"),
    "a key fetched from elsewhere": (
        lambda t, p: other_key(t, p, jku="https://evil.example/jwks.json"), "credential_kind_refused"),
    "replayed under another kid": (
        lambda t, _: ".".join([b64(json.dumps(opened(t)[0] | {"kid": "x"}).encode()), *t.split(".")[1:]]),
        "credential_other_issuer"),
    "no kid": (lambda t, _: raw({"alg": "ES256", "typ": "vc+jwt"}, opened(t)[1]), "credential_other_issuer"),
    "kid is a list": (lambda t, _: raw(opened(t)[0] | {"kid": ["x"]}, opened(t)[1]), "credential_unreadable"),
    "another kind of token of ours": (
        lambda t, p: resigned(ours(p), opened(t)[0] | {"typ": "JWT"}, opened(t)[1]), "credential_kind_refused"),
    "critical header": (
        lambda t, _: raw(opened(t)[0] | {"crit": ["exp"]}, opened(t)[1]), "credential_kind_refused"),
    "another holder": (
        lambda t, p: changed(t, p, credentialSubject=opened(t)[1]["credentialSubject"] | {"holderInitials": "T. V. H."}),
        "credential_signature_wrong"),
    "a longer life": (lambda t, p: changed(t, p, validUntil="2099-01-01T00:00:00+07:00"), "credential_signature_wrong"),
    "signature cut": (lambda t, _: t[:-8], "credential_signature_wrong"),
    "signature of zeros": (lambda t, _: t.rpartition(".")[0] + "." + b64(bytes(64)), "credential_signature_wrong"),
    "signature empty": (lambda t, _: t.rpartition(".")[0] + ".", "credential_signature_wrong"),
    "our key, another issuer": (
        lambda t, p: changed(t, p, sign=True, issuer={"id": "did:web:evil.example"}), "credential_kind_refused"),
    "our key, no issuer": (lambda t, p: changed(t, p, sign=True, issuer=None), "credential_kind_refused"),
    "our key, a context of 1.1": (
        lambda t, p: changed(t, p, sign=True, **{"@context": ["https://www.w3.org/2018/credentials/v1"]}),
        "credential_kind_refused"),
    "our key, an id that is none": (lambda t, p: changed(t, p, sign=True, id="urn:uuid:x"), "credential_unreadable"),
    "our key, a result there is not": (
        lambda t, p: changed(t, p, sign=True, id="urn:uuid:00000000-0000-7000-8000-000000000000"), "credential_unknown"),
    "our key, another document": (
        lambda t, p: changed(t, p, sign=True, credentialSubject={"resultNumber": "1/2026/KQ-H99.101"}),
        "credential_unknown"),
    "our key, a list": (
        lambda t, p: signed(opened(t)[0], b"[1]", p), "credential_unreadable"),
    "our key, no JSON": (
        lambda t, p: signed(opened(t)[0], b"{", p), "credential_signature_wrong"),
    "huge": (lambda t, _: t + "A" * 20_000, "credential_too_large"),
    "empty": (lambda _t, _p: "", "credential_unreadable"),
    "garbage": (lambda _t, _p: "không phải mã", "credential_unreadable"),
    "dots": (lambda _t, _p: "..", "credential_unreadable"),
    "five parts": (lambda t, _: t + ".a.b", "credential_unreadable"),
    "header is a number": (lambda t, _: raw(7, opened(t)[1]), "credential_unreadable"),
    "a blank inside": (lambda t, _: t[:40] + "\n" + t[40:], "credential_unreadable"),
    "nul": (lambda t, _: "\x00" + t, "credential_unreadable"),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_is_believed_and_each_is_named(node: Node, issuer: Path, attack: str) -> None:
    token = tokens.issue(handed_over(node), at=node.noon)
    change, problem = ATTACKS[attack]
    facts = Fact.objects.count()
    found = tokens.check(change(token, issuer), at=node.noon + HOUR)
    assert (found.verified, found.problem, found.claims) == (False, problem, {})
    assert Fact.objects.count() == facts
    assert tokens.check(token, at=node.noon + HOUR).verified


def test_the_key_is_made_once_and_its_owner_alone_reads_it(issuer: Path) -> None:
    first = keys.keys_in(issuer)[0].thumbprint()
    assert issuer.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in issuer.parent.iterdir()] == [issuer.name]
    keys._make(issuer)  # a second process that saw no file
    assert keys.keys_in(issuer)[0].thumbprint() == first


def test_a_new_key_signs_and_the_old_one_is_still_believed_until_it_is_removed(node: Node, issuer: Path) -> None:
    result = handed_over(node)
    old = tokens.issue(result, at=node.noon)
    fresh = ECKey.generate_key("P-256", private=True).as_dict(private=True)
    write(issuer, [fresh, *json.loads(issuer.read_bytes())["keys"]])
    new = tokens.issue(result, at=node.noon)
    assert opened(new)[0]["kid"] != opened(old)[0]["kid"]
    assert len(keys.key_set(issuer, SITE)["keys"]) == 2
    assert [tokens.check(each, at=node.noon).verified for each in (old, new)] == [True, True]
    write(issuer, [fresh])
    assert tokens.check(old, at=node.noon).problem == "credential_other_issuer"
    assert tokens.check(new, at=node.noon).verified


def write(path: Path, found: list[Any]) -> None:
    path.write_text(json.dumps({"keys": found}))
    stamp = path.stat().st_mtime_ns + 1_000_000
    os.utime(path, ns=(stamp, stamp))


@pytest.mark.parametrize(
    "content",
    [
        {"keys": []},
        {"keys": [ECKey.generate_key("P-384", private=True).as_dict(private=True)]},
        {"keys": [ECKey.generate_key("P-256", private=True).as_dict(private=False)]},
        {"keys": [OctKey.generate_key(256).as_dict(private=True)]},
        {},
    ],
)
def test_a_file_that_holds_no_such_key_signs_nothing(issuer: Path, content: dict[str, Any]) -> None:
    issuer.parent.mkdir()
    issuer.write_text(json.dumps(content))
    with pytest.raises(ValueError, match="keys on P-256"):
        keys.keys_in(issuer)


def test_what_is_published_holds_no_private_half(issuer: Path) -> None:
    for found in (keys.key_set(issuer, SITE), keys.did_document(issuer, SITE)):
        assert not {"d", "p", "q", "k"} & set(re.findall(r'"(\w+)":', json.dumps(found)))
    (key,) = keys.key_set(issuer, SITE)["keys"]
    assert (key["kty"], key["crv"], key["alg"], key["use"]) == ("EC", "P-256", "ES256", "sig")


def test_the_did_of_an_address_with_a_port_is_written_as_did_web_says() -> None:
    assert keys.did("http://127.0.0.1:8000") == "did:web:127.0.0.1%3A8000"
    assert keys.did("https://dichvucong.example.vn") == "did:web:dichvucong.example.vn"
