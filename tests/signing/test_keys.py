"""What every key must do, wherever it is: a file, a token, a remote service. And how each of them fails."""

import logging
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from motcua.base.errors import Refused
from motcua.signing.adapters import pkcs12
from motcua.signing.adapters.configured import ConfiguredKeys
from motcua.signing.adapters.none import NoKeys
from motcua.signing.adapters.pkcs11 import TokenKey
from motcua.signing.adapters.pkcs12 import FileKey, plain
from motcua.signing.adapters.remote import RemoteKey, Service
from motcua.signing.adapters.time_stamps import HttpTimeStamps
from motcua.signing.development import PIN, Made, kept
from motcua.signing.ports import Key, Trust
from motcua.signing.report import Verdict
from motcua.signing.signing import Field, sign
from motcua.signing.verifying import verify
from tests.signing.ca import AGENCIES, Ca, Clock, signing_keys
from tests.signing.remote_service import CODE, SECRET, RemoteService

SOFTHSM = next((path for path in ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so",
                                  "/opt/homebrew/lib/softhsm/libsofthsm2.so") if Path(path).exists()), "")  # fmt: skip


@dataclass
class Case:
    """A locked key, and what opens it."""

    key: Key
    pin: str


@pytest.fixture(scope="session")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A SoftHSM token named motcua, PIN 8642; its library reads where it lies once a process."""
    if not (SOFTHSM and shutil.which("softhsm2-util")):
        pytest.skip("no SoftHSM on this machine (Debian: softhsm2): the token was not tried")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SOFTHSM2_CONF", str(conf))
        util("--init-token", "--free", "--label", "motcua", "--so-pin", "12345678", "--pin", "8642")
        yield folder


def util(*words: str) -> None:
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)


def in_token(folder: Path, made: Made, trust: Trust) -> TokenKey:
    """The key of ``made``, brought into the token."""
    label = f"{made.certificate.serial_number:040x}"[:20]
    pem = folder / f"{label}.pem"
    pem.write_bytes(made.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    util("--import", str(pem), "--token", "motcua", "--label", label, "--id", label, "--pin", "8642")
    return TokenKey(plain(made.certificate), (), trust, SOFTHSM, "motcua", label)


def in_file(folder: Path, made: Made, trust: Trust) -> FileKey:
    kept(folder / "key.p12", made.pkcs12(PIN))
    return FileKey(plain(made.certificate), (), trust, folder / "key.p12")


@pytest.fixture
def service() -> Iterator[RemoteService]:
    running = RemoteService()
    yield running
    running.stop()


def at_service(service: RemoteService, made: Made, trust: Trust) -> RemoteKey:
    service.keys["001085000102"] = made.private
    told = Service(service.url, "CA thử", SECRET, wait_seconds=0.3, ask_seconds=0.01)
    return RemoteKey(plain(made.certificate), (), trust, told, "001085000102")


@pytest.fixture(params=["file", "token", "remote"])
def case(request: pytest.FixtureRequest, ca: Ca, tmp_path: Path) -> Case:
    made, trust = ca.authority.signer("Bùi Quang Vinh", AGENCIES["H99.101"]), ca.trust()
    if request.param == "file":
        return Case(in_file(tmp_path, made, trust), PIN)
    if request.param == "token":
        return Case(in_token(request.getfixturevalue("token"), made, trust), "8642")
    return Case(at_service(request.getfixturevalue("service"), made, trust), CODE)


def test_every_key_signs_when_it_is_unlocked_and_stays_locked_itself(ca: Ca, plain_pdf: bytes, case: Case) -> None:
    opened = case.key.unlock(case.pin)
    for name in ("Mot", "Hai"):
        report = verify(sign(plain_pdf, opened, Field(name), at=ca.at), ca.trust(), at=ca.at)
        assert (report.verdict, report.signatures[0].signer) == (Verdict.VALID, "Bùi Quang Vinh")
    assert (case.key.locked, opened.locked) == (True, False)


def test_no_locked_key_signs(ca: Ca, plain_pdf: bytes, case: Case) -> None:
    for attempt in (
        lambda: sign(plain_pdf, case.key, Field("NguoiKy"), at=ca.at),
        lambda: case.key.sign(b"", "sha256"),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == "key_locked"


@pytest.mark.parametrize("wrong", ["000000", "", "mật khẩu có dấu", "1" * 300])
def test_a_wrong_pin_signs_nothing_and_the_right_one_goes_on_working(
    ca: Ca, plain_pdf: bytes, case: Case, wrong: str
) -> None:
    case.key.unlock(case.pin)
    with pytest.raises(Refused) as refused:
        sign(plain_pdf, case.key.unlock(wrong), Field("NguoiKy"), at=ca.at)
    assert refused.value.code == "pin_wrong"
    assert sign(plain_pdf, case.key.unlock(case.pin), Field("NguoiKy"), at=ca.at).startswith(plain_pdf)


def test_no_key_tells_its_secrets(case: Case, ca: Ca, plain_pdf: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    opened = case.key.unlock(case.pin)
    sign(plain_pdf, opened, Field("NguoiKy"), at=ca.at)
    told = f"{opened!r} {opened} {case.key!r} {caplog.text}"
    assert case.pin not in told
    assert SECRET not in told
    assert "PRIVATE" not in told.upper()


@pytest.mark.parametrize(
    ("mood", "code"),
    [
        ("decline", "signing_declined"),
        ("never", "signing_timed_out"),
        ("garbage", "signing_answer_invalid"),
        ("other key", "signing_answer_invalid"),
        ("other document", "signing_answer_invalid"),
        ("other transaction", "signing_answer_invalid"),
        ("no signature", "signing_answer_invalid"),
        ("broken", "key_unavailable"),
    ],
)
def test_a_remote_service_on_a_bad_day_signs_nothing(
    ca: Ca, plain_pdf: bytes, service: RemoteService, mood: str, code: str
) -> None:
    key = at_service(service, ca.authority.signer("Người ký", "Cơ quan"), ca.trust()).unlock(CODE)
    service.mood = mood
    with pytest.raises(Refused) as refused:
        sign(plain_pdf, key, Field("NguoiKy"), at=ca.at)
    assert refused.value.code == code


def test_a_remote_signer_may_take_a_while(ca: Ca, plain_pdf: bytes, service: RemoteService) -> None:
    key = at_service(service, ca.authority.signer("Người ký", "Cơ quan"), ca.trust()).unlock(CODE)
    service.mood = "slow"
    made = sign(plain_pdf, key, Field("NguoiKy"), at=ca.at)
    assert verify(made, ca.trust(), at=ca.at).verdict is Verdict.VALID


def test_the_service_is_asked_in_the_shape_that_was_agreed_and_never_gets_the_document(
    ca: Ca, plain_pdf: bytes, service: RemoteService
) -> None:
    key = at_service(service, ca.authority.signer("Người ký", "Cơ quan"), ca.trust())
    sign(plain_pdf, key.unlock(CODE), Field("NguoiKy"), at=ca.at)
    (asked,) = service.asked
    assert set(asked) == {"user_id", "ca_name", "cert_data", "serial_number", "transaction_id", "sign_files", "otp"}
    assert set(asked["sign_files"][0]) == {"doc_id", "file_name", "file_base64", "hash_algorithm"}
    assert (asked["user_id"], asked["ca_name"]) == ("001085000102", "CA thử")
    assert len(asked["sign_files"][0]["file_base64"]) == 44  # 32 bytes


def test_nobody_there(ca: Ca, plain_pdf: bytes, tmp_path: Path, service: RemoteService) -> None:
    made = ca.authority.signer("Người ký", "Cơ quan")
    nowhere = replace(at_service(service, made, ca.trust()).service, url="http://127.0.0.1:9")
    stranger = replace(nowhere, url=service.url, secret="guessed")
    gone = FileKey(plain(made.certificate), (), ca.trust(), tmp_path / "gone.p12")
    for attempt in (
        lambda: gone.unlock(PIN),
        lambda: sign(plain_pdf, replace(at_service(service, made, ca.trust()), service=nowhere, code=CODE),
                     Field("A"), at=ca.at),
        lambda: sign(plain_pdf, replace(at_service(service, made, ca.trust()), service=stranger, code=CODE),
                     Field("A"), at=ca.at),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == "key_unavailable"


def test_a_token_without_that_key_or_no_token(ca: Ca, token: Path) -> None:
    key = in_token(token, ca.authority.signer("Người ký", "Cơ quan"), ca.trust())
    for other in (replace(key, label="nobody"), replace(key, token="none")):
        with pytest.raises(Refused) as refused:
            other.unlock("8642")
        assert refused.value.code == "key_unavailable"


def test_the_operators_file_names_keys_and_trust(tmp_path: Path, ca: Ca, plain_pdf: bytes) -> None:
    keys = signing_keys(tmp_path, ca.at)
    person, agency = keys.of_person("chutich.hoasen"), keys.of_agency("H99.101")
    assert person is not None
    assert agency is not None
    both = sign(sign(plain_pdf, person.unlock(PIN), Field("Nguoi"), at=ca.at), agency, Field("CoQuan"), at=ca.at)
    report = verify(both, keys.trust(), at=ca.at)
    assert report.verdict is Verdict.VALID
    assert [each.signer for each in report.signatures] == ["Bùi Quang Vinh", "Ủy ban nhân dân phường Hoa Sen"]


@pytest.mark.parametrize("name", ["H99.999", "", "../agencies/H99.101", "a/b", "x" * 200, "H99.101\n", "{name}"])
def test_who_has_no_key_has_none(tmp_path: Path, ca: Ca, name: str) -> None:
    keys = signing_keys(tmp_path, ca.at)
    assert (keys.of_agency(name), keys.of_person(name)) == (None, None)
    assert (NoKeys().of_agency(name), NoKeys().of_person(name), NoKeys().trust()) == (None, None, Trust())


def test_the_key_of_an_agency_is_opened_once_for_each_version_of_its_file(
    tmp_path: Path, ca: Ca, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, opened = signing_keys(tmp_path, ca.at), []
    really = pkcs12.opened
    monkeypatch.setattr(pkcs12, "opened", lambda *given: opened.append(given[0].name) or really(*given))
    keys.of_agency("H99.101"), keys.of_agency("H99.101"), keys.of_agency("H99.102")
    assert [name for name in opened if name != "tsa.p12"] == ["H99.101.p12", "H99.102.p12"]


def test_a_secret_that_others_can_read_opens_nothing(tmp_path: Path, ca: Ca) -> None:
    keys = signing_keys(tmp_path, ca.at)
    (tmp_path / "dev-ca/agencies.secret").chmod(0o644)
    with pytest.raises(Refused) as refused:
        keys.of_agency("H99.101")
    assert (refused.value.code, refused.value.details) == ("key_file_open_to_others", {"file": "agencies.secret"})


def test_all_kinds_of_keys_may_be_named(
    tmp_path: Path, ca: Ca, plain_pdf: bytes, token: Path, service: RemoteService, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, agency = ca.authority.signer("Người ký", "Cơ quan"), ca.authority.signer("Cơ quan", "Cơ quan")
    label, _ = in_token(token, agency, ca.trust()).label, at_service(service, person, ca.trust())
    monkeypatch.setenv("SERVICE_SECRET", SECRET)
    monkeypatch.setenv("TOKEN_PIN", "8642")
    for name, content in {"root.pem": ca.authority.root.pem(), "root.crl": ca.authority.revoked(ca.at),
                          "a.pem": agency.pem(), "p.pem": person.pem()}.items():  # fmt: skip
        kept(tmp_path / name, content)
    (tmp_path / "signing.yaml").write_text(f"""
trust: {{roots: [root.pem], crls: [root.crl]}}
services: {{neac: {{url: "{service.url}", ca_name: CA thử, secret_env: SERVICE_SECRET, wait_seconds: 1}}}}
agencies:
  H99.101: {{pkcs11: "{SOFTHSM}", token: motcua, key: "{label}", certificate: a.pem, secret_env: TOKEN_PIN}}
people:
  an: {{service: neac, user: "001085000102", certificate: p.pem}}
""")
    keys = ConfiguredKeys(tmp_path / "signing.yaml", Clock(ca.at))
    person_key, agency_key = keys.of_person("an"), keys.of_agency("H99.101")
    assert person_key is not None
    assert agency_key is not None
    made = sign(plain_pdf, person_key.unlock(CODE), Field("Nguoi"), at=ca.at)
    report = verify(sign(made, agency_key, Field("CoQuan"), at=ca.at), keys.trust(), at=ca.at)
    assert report.verdict is Verdict.VALID


def test_a_time_stamp_authority_behind_a_url(ca: Ca, plain_pdf: bytes) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/elsewhere":
                self.send_response(302)
                self.send_header("Location", "/tsr")
                return self.end_headers()
            body = ca.stamps.answer(asked) if self.path == "/tsr" else b"no time"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        trust = replace(ca.trust(), time_stamps=HttpTimeStamps(f"{address}/tsr"))
        made = sign(plain_pdf, ca.key(trust), Field("NguoiKy"), at=ca.at)
        assert verify(made, ca.trust(), at=ca.at).signatures[0].time_stamped_at == ca.at
        for bad in (f"{address}/babble", f"{address}/elsewhere", "http://127.0.0.1:9/tsr"):
            trust = replace(ca.trust(), time_stamps=HttpTimeStamps(bad, seconds=2))
            with pytest.raises(Refused) as refused:
                sign(plain_pdf, ca.key(trust), Field("NguoiKy"), at=ca.at)
            assert refused.value.code == "time_stamp_unavailable"
    finally:
        server.shutdown()
        server.server_close()
