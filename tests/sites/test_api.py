"""The API as programs use it: a whole life, and what each address gives."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua import wiring
from motcua.base import wires
from motcua.base.cursors import run_until_read
from motcua.base.models import Fact, StoredFile
from motcua.dossiers.models import Dossier, Standing
from motcua.people.models import Account
from motcua.results.queries import result_for
from motcua.search.adapters.published import PublishedSearch
from motcua.search.ports import Search
from motcua.sites.api.access import token_for
from tests.node import BIRTH, Node, birth_answers, shipped

V1 = "/api/v1"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
HOUR = timedelta(hours=1)


@dataclass
class Program:
    """A client that speaks for one account."""

    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = Client(raise_request_exception=False)
        if self.token:
            self.headers = {"Authorization": f"Bearer {self.token}", **self.headers}

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.client.get(V1 + path, query or {}, headers={**self.headers, **headers})

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.client.post(
            V1 + path, body or {}, content_type="application/json", headers={**self.headers, **headers}
        )

    def upload(self, content: bytes, name: str = "giấy.pdf") -> Any:
        return self.client.post(V1 + "/files", {"file": SimpleUploadedFile(name, content)}, headers=self.headers)

    def move(self, code: str, verb: str, **body: Any) -> Any:
        """Look where it stands, then move it from there."""
        seen = Standing.objects.get(dossier__code=code).seq
        return self.post(f"/dossiers/{code}/{verb}", {"seen": seen, **body})


def program(login: str, **headers: str) -> Program:
    """A program of this account, with a token."""
    return Program(token_for(Account.objects.get(login=login)), headers)


def mother() -> Program:
    return program("me.lan")


def reception() -> Program:
    return program("tiepnhan.hoasen", **{"X-Agency": "H99.101"})


def filing(by: Program, **changes: Any) -> dict[str, Any]:
    """The body of a birth registration that has everything; its paper is sent first."""
    file = by.upload(PDF).json()["file"]
    papers = [{"paper": "giay-chung-sinh", "file": file, "label": "giay chung sinh.pdf"}]
    given = {"procedure": BIRTH, "agency": "H99.101", "answers": birth_answers(), "papers": papers}
    return {**given, **changes}


def filed(by: Program, key: str = "1") -> str:
    """A dossier filed through the API; its code."""
    answer = by.post("/dossiers", filing(by), **{"Idempotency-Key": key})
    assert answer.status_code == 201, answer.content
    return str(answer.json()["code"])


@pytest.fixture
def now(noon: datetime, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """The clock of the house stands at ``noon``; call it to set another moment."""
    moment = [noon]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment[0])

    def turn(at: datetime) -> None:
        moment[0] = at

    return turn


@pytest.fixture(autouse=True)
def _clock(now: Callable[[datetime], None]) -> None:
    """Every test here runs at noon."""


def test_a_birth_is_registered_through_the_api_by_three_people(
    committed_node: Node, now: Callable[[datetime], None]
) -> None:
    password = shipped("people.yaml")["password"]
    signed_in = Program().post("/token", {"login": "me.lan", "password": password})
    assert (signed_in.status_code, signed_in.json()["kind"], signed_in.json()["posts"]) == (200, "citizen", [])
    lan = Program(signed_in.json()["token"])

    answer = lan.post("/dossiers", filing(lan), **{"Idempotency-Key": "khai sinh Khôi"})
    assert (answer.status_code, answer.json()["code"]) == (201, "H99.101-261110-0001")
    assert answer["Location"] == "/api/v1/dossiers/H99.101-261110-0001"
    code = answer.json()["code"]

    desk, clerk, chairman = reception(), program("hotich.hoasen"), program("chutich.hoasen")
    now(committed_node.noon + HOUR)
    received = desk.post(f"/dossiers/{code}/receive", **{"If-Match": '"2"'})
    assert received.status_code == 200
    assert received["ETag"] == '"3"'
    assert {key: received.json()[key] for key in ("state", "national_state", "step", "role", "due_at", "seq")} == {
        "state": "received",
        "national_state": 2,
        "step": "tham-tra",
        "role": "clerk",
        "due_at": "2026-11-10T10:00:00Z",
        "seq": 3,
    }
    assert clerk.move(code, "pass_on", action="pass").json()["step_name"]["vi"] == "Ký duyệt"
    assert chairman.move(code, "decide", granted=True).json()["state"] == "decided"
    assert desk.move(code, "hand_over").json()["code"] == "result_not_ready"
    run_until_read(wiring.SUBSCRIBERS)
    assert desk.move(code, "hand_over").json()["national_state"] == 10
    assert desk.move(code, "close", note="Xong").json()["state"] == "closed"

    seen = lan.get(f"/dossiers/{code}").json()
    assert [fact["name"].removeprefix("dossiers.") for fact in seen["timeline"]] == [
        "submitted", "paper_added", "received", "passed_on", "decided", "handed_over", "closed",
    ]  # fmt: skip
    assert seen["explanation"]["en"].endswith("due at 17:00 Tuesday 10/11/2026.")
    assert seen["moves"] == []
    result = result_for(Dossier.objects.get(code=code).stream)
    assert result is not None
    proof = Program().get("/results/verify", {"number": result.number, "code": result.check_code}).json()
    assert (proof["holder_initials"], proof["handed_over"], proof["sha256"]) == ("N. T. L.", True, result.file_id)
    assert "Nguyễn Thị Lan" not in str(proof)  # as the page: whoever reads a code learns no name from it


def test_the_same_key_and_body_are_one_dossier_another_body_is_refused(node: Node) -> None:
    lan = mother()
    body = filing(lan)
    first = lan.post("/dossiers", body, **{"Idempotency-Key": "a"})
    again = lan.post("/dossiers", body, **{"Idempotency-Key": "a"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert Dossier.objects.count() == 1

    other = lan.post("/dossiers", {**body, "return_by": "counter"}, **{"Idempotency-Key": "a"})
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert Dossier.objects.count() == 1
    assert lan.post("/dossiers", body, **{"Idempotency-Key": "b"}).json()["code"].endswith("-0002")
    hung = program("chu.hung")
    assert hung.post("/dossiers", filing(hung), **{"Idempotency-Key": "a"}).status_code == 201


def test_the_same_filing_sent_later_gives_the_first_answer_and_says_so(
    node: Node, now: Callable[[datetime], None]
) -> None:
    lan = mother()
    body = filing(lan)
    first = lan.post("/dossiers", body, **{"Idempotency-Key": "a"})
    now(node.noon + HOUR)
    again = lan.post("/dossiers", body, **{"Idempotency-Key": "a"})
    assert (again.status_code, again.json()) == (200, first.json())
    other = lan.post("/dossiers", {**body, "answers": {}}, **{"Idempotency-Key": "a"})
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


def test_on_behalf_of_somebody_needs_a_basis_and_is_kept(node: Node) -> None:
    lan = mother()
    grandfather = {"name": "Lê Văn Tư", "identity_number": "001048000103", "basis": "Giấy uỷ quyền 12/2026"}
    answer = lan.post("/dossiers", filing(lan, on_behalf_of=grandfather), **{"Idempotency-Key": "a"})
    assert answer.status_code == 201
    dossier = Dossier.objects.get()
    assert (dossier.owner_name, dossier.on_behalf_of["basis"]) == ("Lê Văn Tư", "Giấy uỷ quyền 12/2026")
    del grandfather["basis"]
    refused = lan.post("/dossiers", filing(lan, on_behalf_of=grandfather), **{"Idempotency-Key": "b"})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["on_behalf_of.basis"])


def test_the_counter_files_for_an_owner_and_only_there(node: Node) -> None:
    desk = reception()
    answer = desk.post("/dossiers", filing(desk, owner={"name": "Lê Văn Tư"}), **{"Idempotency-Key": "a"})
    assert answer.status_code == 201
    assert (Dossier.objects.get().channel, Dossier.objects.get().filed_by) == ("direct", None)
    for changes, code in (
        ({}, "owner_missing"),
        ({"owner": {"name": "Tư"}, "channel": "online"}, "channel_not_yours"),
        ({"owner": {"name": "Tư"}, "agency": "G99"}, "wrong_agency"),
    ):
        assert desk.post("/dossiers", filing(desk, **changes), **{"Idempotency-Key": "b"}).json()["code"] == code
    assert Dossier.objects.count() == 1


def test_a_supplement_is_asked_for_and_answered_with_files(node: Node) -> None:
    lan, desk = mother(), reception()
    code = filed(lan)
    desk.move(code, "receive")
    asked = program("hotich.hoasen").move(code, "ask_supplement", papers=["giay-chung-sinh"], reason="Ảnh mờ")
    assert asked.json()["national_state"] == 5
    missing = lan.post(f"/dossiers/{code}/supplement", {"papers": []})
    assert (missing.status_code, missing.json()["code"]) == (422, "papers_missing")
    file = lan.upload(PDF + b"%2").json()["file"]
    answered = lan.post(f"/dossiers/{code}/supplement", {"papers": [{"paper": "giay-chung-sinh", "file": file}]})
    assert (answered.status_code, answered.json()["state"]) == (200, "processing")


def test_moves_are_offered_with_the_reason_when_they_are_not_open(node: Node) -> None:
    code = filed(mother())
    seen = mother().get(f"/dossiers/{code}")
    moves = {move["verb"]: move["refusal"] and move["refusal"]["code"] for move in seen.json()["moves"]}
    assert moves == {
        "receive": "wrong_role", "refuse": "wrong_role", "ask_supplement": "wrong_role", "withdraw": None,
        "transfer": "wrong_role", "correct": None, "choose_return": None,
    }  # fmt: skip
    assert seen["ETag"] == '"2"'
    withdrawn = mother().post(f"/dossiers/{code}/withdraw", {"reason": "Đổi ý"})
    assert withdrawn.json()["state"] == "withdrawn"


def test_an_officers_look_is_recorded_and_a_stranger_sees_nothing(node: Node) -> None:
    code = filed(mother())
    clerk = program("hotich.hoasen")
    assert clerk.get(f"/dossiers/{code}", **{"X-Purpose": "Tham tra"}).status_code == 200
    assert Fact.objects.get(name="dossiers.looked").data["purpose"] == "Tham tra"
    for stranger in (program("thuly.hoamai"), program("chu.hung")):
        refused = stranger.get(f"/dossiers/{code}")
        assert (refused.status_code, refused.json()["code"]) == (404, "dossier_unknown")
        moved = stranger.post(f"/dossiers/{code}/withdraw", {"reason": "x", "seen": 2})
        assert (moved.status_code, moved.json()["code"]) == (404, "dossier_unknown")
    assert Fact.objects.filter(name="dossiers.looked").count() == 1


def test_of_two_officers_one_wins_and_the_other_is_told(node: Node) -> None:
    code, desk = filed(mother()), reception()
    assert desk.post(f"/dossiers/{code}/receive", {"seen": 2}).status_code == 200
    late = desk.post(f"/dossiers/{code}/refuse", {"seen": 2, "reason": "Thiếu"})
    assert (late.status_code, late.json()["code"]) == (409, "acted_first")
    blind = desk.post(f"/dossiers/{code}/refuse", {"reason": "Thiếu"})
    assert (blind.status_code, blind.json()["code"]) == (428, "seen_missing")
    assert Standing.objects.get().state == "received"


def test_the_worklist_filters_and_pages(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    lan, desk = mother(), reception()
    codes = [filed(lan, str(number)) for number in range(3)]
    desk.move(codes[1], "receive")
    monkeypatch.setattr("motcua.dossiers.queries.PAGE", 2)
    first = desk.get("/worklist").json()
    assert first["items"][0]["position"]["code"] == codes[1]
    assert first["items"][0]["burning"] == "soon"
    second = desk.get("/worklist", {"after": first["next"]}).json()
    listed = [row["position"]["code"] for row in first["items"] + second["items"]]
    assert (sorted(listed), second["next"]) == (sorted(codes), None)
    assert [row["position"]["code"] for row in desk.get("/worklist", {"state": "received"}).json()["items"]] == codes[
        1:2
    ]
    assert lan.get("/worklist").status_code == 403
    assert len(lan.get("/dossiers").json()["items"]) == 3


def test_status_by_code_says_nothing_about_a_person(node: Node) -> None:
    code = filed(mother())
    answer = Program().get(f"/status/{code.lower()}")
    assert answer.json()["state_name"] == {"vi": "Mới đăng ký", "en": "Submitted"}
    assert "Lan" not in answer.content.decode()
    assert Program().get("/status/H99.101-261110-9999").json()["code"] == "dossier_unknown"
    assert Program().get("/status/không").json()["code"] == "dossier_code_malformed"


def test_the_catalogue_gives_the_schema_that_checks_a_filing(node: Node) -> None:
    found = Program().get(f"/procedures/{BIRTH}")
    body = found.json()
    assert found["Cache-Control"] == "public, max-age=60"
    assert body["channels"]["online"][0]["limit"]["hours"] == 8
    assert [step["step"] for step in body["steps"]] == ["tiep-nhan", "tham-tra", "ky", "tra"]
    assert body["schema"]["additionalProperties"] is False
    assert body["obstacle"] == ""
    agencies = Program().get(f"/procedures/{BIRTH}/agencies").json()["items"]
    assert "H99.101" in [agency["code"] for agency in agencies]
    assert Program().get("/procedures/9.999999").json()["code"] == "procedure_unknown"


def test_procedures_are_paged_by_name(node: Node, noon: datetime) -> None:
    for code in ("1.000894", "2.000635"):
        Node.publish(code, noon)
    first = Program().get("/procedures", {"size": 2}).json()
    second = Program().get("/procedures", {"size": 2, "after": first["next"]}).json()
    assert [len(first["items"]), len(second["items"]), second["next"]] == [2, 1, None]
    assert len({row["code"] for row in first["items"] + second["items"]}) == 3
    assert Program().get("/procedures", {"level": "ministry"}).json()["items"] == []


def test_a_question_finds_its_procedure(node: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(wires._bound, Search, PublishedSearch(tmp_path / "search", settings.DATA / "synonyms.yaml"))
    found = Program().get("/search", {"q": "dang ky khai sinh", "limit": 5}).json()
    assert found["items"][0]["code"] == BIRTH


def test_a_file_is_named_by_who_sent_it(node: Node) -> None:
    sent = mother().upload(PDF)
    assert (sent.status_code, sent.json()["media_type"], sent.json()["size"]) == (201, "application/pdf", len(PDF))
    hung = program("chu.hung")
    stolen = filing(hung, papers=[{"paper": "giay-chung-sinh", "file": sent.json()["file"]}])
    refused = hung.post("/dossiers", stolen, **{"Idempotency-Key": "a"})
    assert (refused.status_code, refused.json()["code"]) == (422, "file_unknown")
    assert Dossier.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [(b"", 422, "file_empty"), (EICAR, 409, "file_harmful"), (b"MZ\x90\0\3", 422, "file_type_refused")],
)
def test_a_wrong_file_is_refused_and_not_kept(node: Node, content: bytes, status: int, code: str) -> None:
    before = StoredFile.objects.count()
    prefix = PDF if code == "file_harmful" else b""
    refused = mother().upload(prefix + content)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert StoredFile.objects.count() == before


def test_reading_costs_the_same_queries_for_one_row_and_for_three(
    node: Node, django_assert_num_queries: Callable[[int], Any]
) -> None:
    lan, desk = mother(), reception()
    codes = [filed(lan)]
    desk.get("/worklist")
    for more in (["2", "3"], []):
        with django_assert_num_queries(6):  # account, no citizen, posts, roles, the office's calendar, the rows
            desk.get("/worklist")
        with django_assert_num_queries(4):  # account, citizen, the organisations represented, the rows
            lan.get("/dossiers")
        with django_assert_num_queries(5):  # account, citizen, the dossier, its papers, its facts
            lan.get(f"/dossiers/{codes[0]}")
        codes += [filed(lan, key) for key in more]
    with django_assert_num_queries(1):
        Program().get(f"/status/{codes[0]}")
    with django_assert_num_queries(2):
        Program().get(f"/procedures/{BIRTH}")


def test_filing_costs_a_fixed_number_of_queries(
    node: Node, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    lan = mother()
    filed(lan)
    body = filing(lan)
    with django_assert_max_num_queries(12):
        assert lan.post("/dossiers", body, **{"Idempotency-Key": "2"}).status_code == 201
