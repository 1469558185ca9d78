"""What the API says no to: every broken request gets a problem document, and nothing is written."""

import json
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import translation
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from motcua.base.errors import Invalid
from motcua.base.models import Fact
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.states import MACHINE
from motcua.people.models import Account
from motcua.sites.api import reading, service
from motcua.sites.api.describing import document
from motcua.sites.api.problems import Denied
from motcua.sites.api.views.moves import MOVES
from tests.node import BIRTH, Node, shipped
from tests.sites.test_api import V1, Program, filed, filing, mother, program, reception
from tests.sites.test_api import _clock as _clock
from tests.sites.test_api import now as now

Answer = Any


def code_of(answer: Answer) -> tuple[int, str]:
    """Status and code of a problem document; fails on anything else."""
    assert answer["Content-Type"] == "application/problem+json", answer.content
    body = answer.json()
    assert body["status"] == answer.status_code
    assert answer["Cache-Control"] == "no-store"
    assert body["type"] == f"urn:motcua:refusal:{body['code']}"
    assert body["title"]
    assert body["detail"]
    return answer.status_code, body["code"]


def raw(by: Program, path: str, content: bytes, kind: str = "application/json") -> Answer:
    return by.client.post(V1 + path, content, content_type=kind, headers={**by.headers, "Idempotency-Key": "a"})


# --- who asks ---------------------------------------------------------------------------------------------------------


def test_without_a_token_nobody_gets_in(db: None) -> None:
    for answer in (
        Program().get("/dossiers"),
        Program().get("/worklist"),
        Program().post("/dossiers", {}),
        Program().post("/dossiers/H99.101-261110-0001/receive", {}),
    ):
        assert code_of(answer) == (401, "signed_out")
        assert answer["WWW-Authenticate"] == 'Bearer realm="motcua"'


@pytest.mark.parametrize("header", ["Bearer x", "Bearer ", "Basic bWU6bWU=", "Bearer a:b:c", "x"])
def test_a_bad_token_is_refused(db: None, header: str) -> None:
    assert code_of(Program().get("/dossiers", Authorization=header)) == (401, "token_invalid")


def test_a_token_ends_with_its_password_and_with_its_account(node: Node) -> None:
    lan = mother()
    assert lan.get("/dossiers").status_code == 200
    Account.objects.filter(login="me.lan").update(is_active=False)
    assert code_of(lan.get("/dossiers")) == (401, "token_invalid")
    Account.objects.filter(login="me.lan").update(is_active=True, password="another")
    assert code_of(lan.get("/dossiers")) == (401, "token_invalid")


def test_a_wrong_password_gets_no_token(node: Node) -> None:
    wrong = Program().post("/token", {"login": "me.lan", "password": "sai rồi nhé"})
    assert code_of(wrong) == (409, "sign_in_failed")
    assert "token" not in wrong.json()


def test_a_session_needs_its_csrf_token_to_change_anything(node: Node) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(Account.objects.get(login="me.lan"))
    assert browser.get(V1 + "/dossiers").status_code == 200
    assert code_of(browser.post(V1 + "/dossiers", {}, content_type="application/json")) == (403, "csrf")
    browser.cookies["csrftoken"] = "a" * 32
    allowed = browser.post(V1 + "/dossiers", {}, content_type="application/json", headers={"X-CSRFToken": "a" * 32})
    assert code_of(allowed) == (422, "body_invalid")


def test_an_officer_acts_from_a_post_held_today(node: Node) -> None:
    password = shipped("people.yaml")["password"]
    told = Program().post("/token", {"login": "tiepnhan.hoasen", "password": password}).json()
    assert (told["kind"], [post["agency"]["code"] for post in told["posts"]]) == (
        "officer",
        ["H99.101", "H99.101.01"],
    )
    for agency, expected in (
        ("", (400, "post_not_chosen")),
        ("H99.102", (403, "no_post")),
        ("phường", (422, "agency_code_malformed")),
    ):
        headers = {"X-Agency": agency} if agency else {}
        assert code_of(Program(told["token"]).get("/worklist", **headers)) == expected
    assert Program(told["token"]).get("/worklist", **{"X-Agency": "000.00.101.H99"}).status_code == 200


# --- what is sent -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"{", b"nope", b'{"a":1,"a":2}', b'{"a":NaN}', b'{"a":Infinity}', b'{"a":-Infinity}', b'{"a":1e999}',
        b'{"a":1234567890123456789}', b'{"a":"\\u0000"}', b'{"a":"\\ud800"}', b'{"a":"\x00"}', b"\xff\xfe{}",
        b'{"a":' + b"[" * 17 + b"]" * 17 + b"}", b"[" * 100_000, b'{"a":0.' + b"1" * 50 + b"}",
    ],
)  # fmt: skip
def test_json_that_can_be_read_in_two_ways_is_refused(db: None, content: bytes) -> None:
    assert code_of(raw(Program(), "/token", content)) == (400, "json_unreadable")


def test_plain_json_is_read_as_it_is() -> None:
    text = '{"a":[1,-2,0.5,1e3,true,null,"ă \\\\u0000 \\ud83d\\ude00"]}'
    assert reading.parsed(text.encode()) == json.loads(text)


WRONG_SHAPES: list[tuple[dict[str, Any], str]] = [
    ({"agency": 7}, "agency"),
    ({"answers": []}, "answers"),
    ({"channel": "pigeon"}, "channel"),
    ({"edition": "x"}, "edition"),
    ({"surprise": 1}, "surprise"),
    ({"papers": [{"paper": "a"}]}, "papers[0].file"),
    ({"papers": [{}] * 41}, "papers"),
    ({"agency": "x" * 101}, "agency"),
    ({"return_by": None}, "return_by"),
]


def test_a_body_of_the_wrong_shape_names_the_place(node: Node) -> None:
    lan = mother()
    body = filing(lan)
    for changes, place in WRONG_SHAPES:
        answer = lan.post("/dossiers", {**body, **changes}, **{"Idempotency-Key": "a"})
        assert (code_of(answer), list(answer.json()["fields"])) == ((422, "body_invalid"), [place])
    assert Dossier.objects.count() == 0


def test_wrong_answers_are_named_one_by_one_in_the_readers_language(node: Node) -> None:
    lan = mother()
    before = Fact.objects.count()
    body = filing(lan)
    body["answers"] = {**body["answers"], "ngay_sinh": "31/02/2026"}
    vi = lan.post("/dossiers", body, **{"Idempotency-Key": "a"})
    en = lan.post("/dossiers", body, **{"Idempotency-Key": "a", "Accept-Language": "en-GB,en;q=0.8"})
    assert code_of(vi) == code_of(en) == (422, "answers_invalid")
    assert vi.json()["fields"] == {"ngay_sinh": "Ngày phải có thật và viết theo ngày/tháng/năm, ví dụ 05/09/2025."}
    assert en.json()["fields"] == {
        "ngay_sinh": "The date must exist and be written day/month/year, such as 05/09/2025."
    }
    assert (vi["Content-Language"], en["Content-Language"]) == ("vi", "en")
    assert (Dossier.objects.count(), Fact.objects.count()) == (0, before)


WRONG_FILINGS: list[tuple[dict[str, Any], tuple[int, str]]] = [
    ({"agency": "H99.999"}, (404, "agency_unknown")),
    ({"agency": "ở đâu"}, (422, "agency_code_malformed")),
    ({"procedure": "9.9"}, (404, "procedure_unknown")),
    ({"procedure": ""}, (422, "procedure_or_edition")),
    ({"procedure": "", "edition": "01900000-0000-7000-8000-000000000000"}, (404, "edition_unknown")),
    ({"channel": "direct"}, (403, "channel_not_yours")),
    ({"papers": []}, (422, "papers_missing")),
    ({"owner": {"name": "Ai đó"}}, (422, "owner_missing")),
    ({"papers": [{"paper": "giay-chung-sinh", "file": "0" * 64 + "." + "0" * 32}]}, (422, "file_unknown")),
    ({"on_behalf_of": {"name": "A", "basis": "B", "identity_number": "1"}}, (422, "identity_number_length")),
    ({"on_behalf_of": {"name": " ", "basis": "B"}}, (422, "owner_missing")),
]


def test_a_wrong_filing_is_refused_and_nothing_is_written(node: Node) -> None:
    lan = mother()
    body, before = filing(lan), Fact.objects.count()
    for changes, expected in WRONG_FILINGS:
        assert code_of(lan.post("/dossiers", {**body, **changes}, **{"Idempotency-Key": "a"})) == expected
    assert (Dossier.objects.count(), Fact.objects.count()) == (0, before)


def test_a_filing_without_a_key_is_refused(node: Node) -> None:
    lan = mother()
    body = filing(lan)
    assert code_of(lan.post("/dossiers", body)) == (400, "idempotency_key_missing")
    assert code_of(lan.post("/dossiers", body, **{"Idempotency-Key": "x" * 201})) == (400, "idempotency_key_missing")


def test_the_wrong_type_of_content_is_refused(node: Node) -> None:
    assert code_of(raw(mother(), "/dossiers", b"a=1", "application/x-www-form-urlencoded")) == (
        415,
        "media_type_unsupported",
    )
    assert code_of(raw(mother(), "/dossiers", b"{}", "text/plain")) == (415, "media_type_unsupported")
    assert code_of(raw(mother(), "/files", b"%PDF", "application/pdf")) == (415, "media_type_unsupported")
    assert code_of(raw(mother(), "/files", b"--x", "multipart/form-data; boundary=x"))[0] in (400, 422)
    assert code_of(raw(mother(), "/files", b"--x", "multipart/form-data"))[0] == 400


def test_too_much_is_refused_before_it_is_read(node: Node) -> None:
    big = b'{"a":"' + b"x" * (2 * 1024 * 1024) + b'"}'
    assert code_of(raw(mother(), "/dossiers", big)) == (413, "body_too_large")
    sent = mother().upload(b"x" * (settings.MAX_FILE_BYTES + 1))
    assert code_of(sent) == (422, "file_too_large")
    assert code_of(mother().upload(b"x" * (settings.MAX_FILE_BYTES + 100_000))) == (413, "body_too_large")


def test_more_files_a_day_than_anybody_needs_are_refused(node: Node) -> None:
    lan = mother()
    assert lan.upload(b"%PDF-1.4 1").status_code == 201
    with connection.cursor() as cursor:
        cursor.execute("UPDATE base_counter SET value = 500 WHERE key LIKE 'api-files:%'")
    assert code_of(lan.upload(b"%PDF-1.4 2")) == (429, "too_many_requests")


# --- addresses --------------------------------------------------------------------------------------------------------


def test_unknown_addresses_and_methods_are_problems_too(db: None) -> None:
    assert code_of(Program().get("/nothing")) == (404, "address_unknown")
    assert code_of(Client().get("/api/")) == (404, "address_unknown")
    assert code_of(Client().get("/api/v2/procedures")) == (404, "address_unknown")
    refused = Client().delete(V1 + "/procedures")
    assert (code_of(refused), refused["Allow"]) == ((405, "method_not_allowed"), "GET")
    assert code_of(Program().post("/dossiers/H99.101-261110-0001/explode", {})) == (404, "address_unknown")
    assert Client().head(V1 + "/procedures").status_code == 200
    assert Client().head(V1 + "/procedures").content == b""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/procedures?size=0", (422, "body_invalid")),
        ("/procedures?size=x", (422, "body_invalid")),
        ("/procedures?colour=red", (422, "body_invalid")),
        ("/procedures?size=1&size=2", (422, "body_invalid")),
        ("/procedures?after=%20", (422, "cursor_malformed")),
        ("/procedures?after=WzEsMl0", (422, "cursor_malformed")),
        ("/procedures?after=WyJcdTAwMDAiLCJ4Il0", (422, "cursor_malformed")),
        ("/procedures?field=%00", (400, "bad_request")),
        ("/procedures/%00", (400, "bad_request")),
        ("/status/%00", (400, "bad_request")),
        ("/search?limit=51", (422, "body_invalid")),
        ("/search?q=" + "a" * 501, (422, "body_invalid")),
        ("/results/verify", (422, "body_invalid")),
        ("/results/verify?number=1&code=2", (404, "result_not_verified")),
    ],
)
def test_a_wrong_query_is_refused(db: None, path: str, expected: tuple[int, str]) -> None:
    assert code_of(Program().get(path)) == expected


def test_a_wrong_filter_of_the_worklist_is_refused(node: Node) -> None:
    for query in ({"state": "lost"}, {"due": "never"}, {"after": "eA"}, {"mine": "maybe"}):
        assert code_of(reception().get("/worklist", query))[0] == 422


WRONG_MOVES: list[tuple[str, dict[str, Any], tuple[int, str]]] = [
    ("receive", {"seen": 1}, (409, "acted_first")),
    ("receive", {"seen": -1}, (422, "body_invalid")),
    ("receive", {"seen": 2, "x": 1}, (422, "body_invalid")),
    ("refuse", {"seen": 2}, (422, "body_invalid")),
    ("refuse", {"seen": 2, "reason": "  "}, (422, "reason_missing")),
    ("refuse", {"seen": 2, "reason": "x" * 2001}, (422, "reason_too_long")),
    ("withdraw", {"seen": 2, "reason": "x"}, (403, "wrong_role")),
    ("pass_on", {"seen": 2, "action": "pass"}, (409, "wrong_state")),
    ("assign", {"seen": 2, "officer": "x"}, (422, "body_invalid")),
    ("ask_payment", {"seen": 2, "amount_vnd": 0, "reason": "x"}, (422, "body_invalid")),
    ("extend", {"seen": 2, "until": "2026-11-12T10:00:00", "reason": "x"}, (422, "body_invalid")),
    ("extend", {"seen": 2, "until": "9999-12-31T23:59:59Z", "reason": "x"}, (422, "body_invalid")),
    ("ask_supplement", {"seen": 2, "papers": ["giay-bay"], "reason": "x"}, (422, "paper_unknown")),
]


def test_a_wrong_move_is_refused_and_nothing_is_written(node: Node) -> None:
    code, desk = filed(mother()), reception()
    before = Fact.objects.count()
    for verb, body, expected in WRONG_MOVES:
        assert code_of(desk.post(f"/dossiers/{code}/{verb}", body)) == expected
    for header in ("*", '"x"', '"1", "2"', "²", '"99999999999"'):
        matched = desk.client.post(
            f"{V1}/dossiers/{code}/receive", HTTP_IF_MATCH=header, headers=desk.headers,
            content_type="application/json",
        )  # fmt: skip
        assert code_of(matched) == (422, "body_invalid")
    assert (Standing.objects.get().seq, Fact.objects.count()) == (2, before)


def test_every_row_of_the_machine_has_its_address() -> None:
    of_people = {row.verb for row in MACHINE if row.roles != {"system"}}
    assert set(MOVES) | {"answer_opinion"} == of_people  # who answers has no dossier: its address is /opinions


def test_what_fails_inside_tells_nothing(rf: RequestFactory, caplog: pytest.LogCaptureFixture) -> None:
    def broken(request: object) -> object:
        raise RuntimeError("the secret is 42")

    answer = service.door(broken)(rf.get(V1 + "/x"))  # type: ignore[arg-type]
    assert answer.status_code == 500
    assert json.loads(answer.content)["code"] == "server_error"
    assert b"42" not in answer.content
    assert "the secret is 42" in caplog.text


# --- the document -----------------------------------------------------------------------------------------------------


def places(value: Any) -> list[str]:
    """Every reference in the document."""
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [found for item in value.values() for found in places(item)]
    return [found for item in value for found in places(item)] if isinstance(value, list) else []


def test_the_document_is_sound_and_complete(db: None) -> None:
    served = Client().get(V1 + "/openapi.json").json()
    assert served == json.loads(json.dumps(document()))
    assert served["openapi"] == "3.1.0"
    assert set(served["components"]["securitySchemes"]) == {"Bearer", "Session"}
    for reference in places(served):
        found: Any = served
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
    for schema in served["components"]["schemas"].values():
        jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
    operations = [one for methods in served["paths"].values() for one in methods.values()]
    assert len({one["operationId"] for one in operations}) == len(operations) == 39
    for one in operations:
        assert one["description"]
        assert "default" in one["responses"]
        assert not [p for p in one["parameters"] if p["in"] == "path" and not p["required"]]


def test_every_address_stands_in_the_guide() -> None:
    guide = (settings.ROOT / "docs/api.md").read_text()
    for path in document()["paths"]:
        end = path.removeprefix(V1).replace("{code}", "").rstrip("/").rpartition("/")[2]
        assert f"/{end}" in guide or f"| `{end}` |" in guide, path


def test_answers_are_as_described(node: Node) -> None:
    """What comes out passes the schema that the document gives for it."""
    code, described = filed(mother()), document()
    for by, path, template in (
        (Program(), f"/procedures/{BIRTH}", "/procedures/{code}"),
        (Program(), "/procedures", "/procedures"),
        (Program(), f"/status/{code}", "/status/{code}"),
        (mother(), f"/dossiers/{code}", "/dossiers/{code}"),
        (program("hotich.hoasen"), "/worklist", "/worklist"),
    ):
        operation = described["paths"][V1 + template]["get"]
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**schema, "components": described["components"]}
        jsonschema_rs.validate(whole, by.get(path).json())


# --- anything at all --------------------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)
NAMES = st.sampled_from(
    [
        "agency",
        "answers",
        "procedure",
        "papers",
        "owner",
        "on_behalf_of",
        "seen",
        "reason",
        "officer",
        "until",
        "login",
    ]
)
BODIES = st.binary(max_size=60) | st.dictionaries(NAMES, JSON, max_size=6).map(
    lambda body: json.dumps(body).encode("utf-8", "surrogatepass")
)
quick = effort(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(content=BODIES, verb=st.sampled_from(sorted(MOVES)))
def test_no_body_whatever_fails_inside(node: Node, content: bytes, verb: str) -> None:
    if not Dossier.objects.exists():
        filed(mother(), "first")
    code = Dossier.objects.earliest("submitted_at").code
    for by, path in (
        (mother(), "/dossiers"),
        (Program(), "/token"),
        (reception(), f"/dossiers/{code}/{verb}"),
        (mother(), "/files"),
    ):
        kind = "multipart/form-data; boundary=x" if path == "/files" else "application/json"
        answer = raw(by, path, content, kind)
        assert answer.status_code < 500, (path, content, answer.content)
        if answer.status_code >= 400:
            code_of(answer)


@quick
@given(text=st.text(max_size=40), name=st.sampled_from(["field", "q", "after", "state", "text", "number", "code"]))
def test_no_query_whatever_fails_inside(node: Node, text: str, name: str) -> None:
    safe = text.encode("utf-8", "replace").decode()
    for by, path in (
        (Program(), "/procedures"), (Program(), "/results/verify"), (reception(), "/worklist"),
    ):  # fmt: skip
        assert by.get(path, {name: safe}).status_code < 500


@quick
@given(raw_value=JSON)
def test_reading_refuses_or_returns_the_same_values(raw_value: Any) -> None:
    text = json.dumps(raw_value).encode("utf-8", "surrogatepass")
    try:
        assert reading.parsed(text) == json.loads(text)
    except Denied as refused:
        assert refused.code == "json_unreadable"


def test_words_for_a_wrong_place_are_the_readers(now: Callable[..., None]) -> None:
    with translation.override("en"):
        assert reading.told("Object missing required field `x` - at `$.y`") == {"y.x": "This is missing."}
    with pytest.raises(Invalid, match="body_invalid"):
        reading.shaped([], dict)
