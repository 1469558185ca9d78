"""A stranger verifies a result: by number and code, by its file; what was changed, what nobody knows, what is none."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.base import files
from motcua.base.actor import SYSTEM
from motcua.base.models import Fact, StoredFile
from motcua.base.wires import bind
from motcua.results import actions, examining
from motcua.results.examining import MOST_BYTES, MOST_SECONDS
from motcua.results.models import Result
from motcua.signing.development import PIN
from motcua.signing.ports import Keys, Trust
from motcua.signing.report import Report
from motcua.signing.signing import Field, sign
from motcua.signing.verifying import verify
from motcua.sites.front import Front, call
from tests.node import Node
from tests.results.decided import documented
from tests.signing.ca import CHAIRMAN_NAME, WARD_NAME, Ring
from tests.sites.desk import Clock, text_of
from tests.sites.pdfs import plain_pdf

UNSIGNED = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def ring(tmp_path: Path, node: Node, clock: Clock) -> Iterator[Ring]:
    before = Ring.bound()
    made = Ring.made(tmp_path / "keys", node.noon)
    made.agency()
    made.person()
    made.bind()
    clock.at = node.noon + timedelta(hours=2)
    yield made
    bind(Keys, before)  # type: ignore[type-abstract]


@pytest.fixture
def signed(node: Node, ring: Ring) -> Result:
    """A result that the chairman and the ward signed."""
    result = documented(node)
    actions.look(result.pk, by=node.approver, at=node.noon)
    actions.sign_chosen([result.pk], PIN, by=node.approver, at=node.noon)
    result.refresh_from_db()
    return result


def pdf_of(result: Result) -> bytes:
    with files.open_file(str(result.file_id)) as content:
        return content.read()


def upload(content: bytes, query: str = "", name: str = "ket-qua.pdf") -> Any:
    return Client().post(f"/ket-qua/tep/{query}", {"tep": SimpleUploadedFile(name, content)})


def page(result: Result) -> str:
    return text_of(Client().get("/ket-qua/", {"so": result.number, "ma": result.check_code}))


def test_the_file_as_it_was_issued_is_told_line_by_line(signed: Result) -> None:
    answer = upload(pdf_of(signed))
    told = text_of(answer)
    assert answer.status_code == 200
    assert "Đúng là tệp do hệ thống cấp" in told
    for line in (
        "Giống từng byte với tệp trong kho.", "Chữ ký 1: nội dung", "Sau chữ ký này chỉ có thêm chữ ký khác",
        "Chữ ký bao trùm toàn bộ tệp.", f"{CHAIRMAN_NAME}, {WARD_NAME}", "Không bị thu hồi vào lúc ký",
        "Cơ quan cấp dấu thời gian xác nhận ký lúc 09:00, 10/11/2026.", "Đang có hiệu lực.", signed.number, "N. T. L.",
        "Không thời hạn, từ 10/11/2026",
    ):  # fmt: skip
        assert line in told, line
    assert "Không đạt" not in told
    assert signed.holder_name not in told
    assert signed.check_code not in told


def test_one_changed_byte_is_seen_and_the_result_is_still_named(signed: Result) -> None:
    content = bytearray(pdf_of(signed))
    place = content.index(b"stream\n") + 40
    content[place] ^= 1
    told = text_of(upload(bytes(content)))
    assert "Tệp này ghi tên một kết quả của hệ thống nhưng đã bị thay đổi" in told
    assert "Nội dung đã bị thay đổi sau khi ký." in told
    assert "không xác nhận được vì nội dung đã thay đổi" in told
    assert "Tệp bạn gửi không phải bản đó." in told
    assert "Đạt</span>" not in told.replace("Không đạt</span>", "")
    assert signed.number in told
    assert "N. T. L." not in told  # of a file that is not ours no row of the registry is told
    assert "Đúng là tệp do hệ thống cấp" not in told


def test_what_is_put_behind_the_signatures_is_seen(signed: Result) -> None:
    told = text_of(upload(pdf_of(signed) + b"\n%%EOF\n"))
    assert "đã bị thay đổi" in told
    assert "Không đạt" in told


def test_a_file_that_we_signed_and_nobody_issued_is_said_to_be_unknown(node: Node, ring: Ring) -> None:
    key = ring.bound().of_agency("H99.101")
    assert key is not None
    forged = sign(plain_pdf(), key, Field("co-quan"), at=node.noon)
    told = text_of(upload(forged))
    assert "Chữ ký số đáng tin cậy, nhưng kho kết quả không có văn bản này" in told
    assert "Kho kết quả không có văn bản này." in told


def test_the_registry_answers_as_of_today(signed: Result, node: Node, clock: Clock) -> None:
    who: dict[str, Any] = {"by": node.approver, "at": node.noon}
    new = documented(node)
    actions.look(new.pk, by=node.approver, at=node.noon)
    actions.sign_chosen([new.pk], PIN, by=node.approver, at=node.noon)
    assert "Có kết quả này trong kho" in page(signed)
    actions.suspend(signed.pk, "Xác minh", **who)
    assert "Tạm dừng hiệu lực từ 10/11/2026." in page(signed)
    assert "hôm nay không có hiệu lực" in page(signed)
    actions.resume(signed.pk, "Đúng", **who)
    assert "Có kết quả này trong kho" in page(signed)
    actions.replace(signed.pk, "Cấp lại", new.number, **who)
    assert f"Đã được thay bằng kết quả số {new.number} từ 10/11/2026." in page(signed)
    actions.revoke(new.pk, "Sai", "15/QĐ-UBND", **who)
    told = page(new)
    assert "Đã thu hồi ngày 10/11/2026 theo quyết định số 15/QĐ-UBND." in told
    assert "Có kết quả này trong kho" not in told
    assert "Sai" not in told.split("<main")[1]  # why is told to who asks the agency, not to everybody
    file = text_of(upload(pdf_of(signed)))
    assert "Tệp là bản gốc, nhưng kết quả này không còn hiệu lực" in file


def test_a_letter_of_refusal_is_never_called_in_force(node: Node, clock: Clock) -> None:
    letter = documented(node, granted=False, template="tu-choi", validity="")
    told = page(letter)
    assert "Văn bản từ chối giải quyết; không cấp quyền gì." in told
    assert "Đang có hiệu lực" not in told
    actions.revoke(letter.pk, "Từ chối nhầm", "12/QĐ-UBND", by=node.approver, at=node.noon)
    told = page(letter)
    assert "Văn bản từ chối giải quyết; không cấp quyền gì. Đã thu hồi ngày" in told
    assert "12/QĐ-UBND" in told


def test_an_expired_result_says_until_when_it_held(node: Node, clock: Clock) -> None:
    clock.at = node.noon
    half, unknown = documented(node, validity="6 tháng"), documented(node, validity="theo nhiệm kỳ")
    assert "Từ 10/11/2026 đến hết 10/05/2027" in page(half)
    assert "Không rõ (theo nhiệm kỳ)" in page(unknown)
    clock.at = node.noon + timedelta(days=200)
    assert "Hết hiệu lực sau ngày 10/05/2027." in page(half)
    assert "Đang có hiệu lực" in page(unknown)


def test_without_keys_it_says_plainly_that_nobody_signed(node: Node, clock: Clock) -> None:
    clock.at = node.noon
    result = documented(node)
    assert "Chưa ký số" in page(result)
    told = text_of(upload(pdf_of(result)))
    assert "Đúng là tệp do hệ thống cấp" in told
    assert "Tệp chưa ký số." in told
    assert "Chưa rõ" in told


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "không có nội dung"),
        (b"PK\x03\x04 a zip", "không phải tệp PDF"),
        (b"<html>%PDF</html>", "không phải tệp PDF"),
        (b"x" * 2000 + b"%PDF-1.7", "không phải tệp PDF"),
        (b"%PDF-1.7\n" + b"0" * MOST_BYTES, "lớn quá 10 MB"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_in_a_sentence(
    node: Node, clock: Clock, content: bytes, says: str
) -> None:
    kept, facts = StoredFile.objects.count(), Fact.objects.count()
    answer = upload(content)
    assert (answer.status_code, says in text_of(answer)) == (422, True)
    assert "Đã kiểm tra những gì" not in text_of(answer)
    assert (StoredFile.objects.count(), Fact.objects.count()) == (kept, facts)


@pytest.mark.parametrize(
    "content",
    [
        UNSIGNED,
        b"%PDF-",
        b"%PDF-1.7\n" + b"\xff" * 5000,
        b"%PDF-1.7\nxref\n0 99999999999\ntrailer<</Size 1/Prev 0/Root 1 0 R>>\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\nstartxref\n999999999999\n%%EOF",
        b"%PDF-1.7\n" + b"[" * 100_000,
        b"%PDF-1.7\nso=1/2026/KQ-H99.101 ma=22222222\n%%EOF",
        b"%PDF-1.7\nso=" + b"9" * 100_000 + b"/2026/KQ-H99 ma=ABCDEFGH",
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    ],
)
def test_hostile_files_are_strangers_and_leave_nothing(node: Node, clock: Clock, content: bytes) -> None:
    documented(node)
    kept = StoredFile.objects.count()
    answer = upload(content, name="../../etc/passwd\x00.pdf")
    assert answer.status_code == 200
    assert "Hệ thống không nhận ra tệp này" in text_of(answer)
    assert "Đạt</span>" not in text_of(answer)
    assert StoredFile.objects.count() == kept


def test_no_file_and_a_wrong_code_are_refused(node: Node, clock: Clock) -> None:
    clock.at = node.noon
    result = documented(node)
    assert Client().post("/ket-qua/tep/").status_code == 422
    for query in (f"?so={result.number}&ma=22222222", "?so=1&ma=2", f"?so={result.number}"):
        assert Client().get(f"/ket-qua/tep/{query}").status_code == 404
        assert upload(UNSIGNED, query).status_code == 404
    named = f"?so={result.number}&ma={result.check_code}"
    assert "Khác với tệp trong kho" in text_of(upload(UNSIGNED, named))


def test_a_post_from_elsewhere_is_refused(node: Node) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/ket-qua/tep/", {"tep": SimpleUploadedFile("a.pdf", UNSIGNED)}).status_code == 403


def test_verification_costs_one_query_and_a_file_at_most_two(
    node: Node, clock: Clock, django_assert_num_queries: Any
) -> None:
    clock.at = node.noon
    results = [documented(node) for _ in range(3)]
    content = pdf_of(results[0])
    with django_assert_num_queries(1):
        page(results[0])
    with django_assert_num_queries(1):
        upload(content)
    with django_assert_num_queries(2):
        upload(content + b" ")


def test_nobody_is_told_that_a_seal_is_missing_by_mistake(node: Node, ring: Ring, clock: Clock) -> None:
    result = documented(node)
    assert "Đang chờ ký hoặc đang được tạo" in page(result)
    assert "chưa có văn bản: chưa dùng được" in page(result)
    assert "Có kết quả này trong kho" not in page(result)
    (ring.folder / "people/chutich.hoasen.p12").unlink()
    other = documented(node)
    assert actions.seal(other.pk, by=SYSTEM, at=node.noon) is None
    assert WARD_NAME in page(other)


def test_a_result_taken_back_is_never_told_to_be_in_force_again_by_what_was_kept(signed: Result, node: Node) -> None:
    def django(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        answer = Client().get(f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}")
        start_response("200 OK", list(answer.items()))
        return [answer.content]

    front, asked = Front(django), urlencode({"so": signed.number, "ma": signed.check_code})
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/ket-qua/", "QUERY_STRING": asked}
    assert "Đang có hiệu lực" in call(front, environ)[2].decode()
    actions.revoke(signed.pk, "Cấp nhầm", "12/QĐ", by=node.approver, at=node.noon)
    _status, headers, body = call(front, environ)
    assert "Đã bị thu hồi" in body.decode()
    assert "no-store" in dict(headers)["Cache-Control"]


def test_while_a_file_is_verified_the_next_is_told_to_come_back_and_keeps_nobody_waiting(
    signed: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Any] = []

    def slow(pdf: bytes, trust: Trust, *, at: datetime, within: float) -> Report:
        answers.append(upload(pdf))
        assert within == MOST_SECONDS
        return verify(pdf, trust, at=at)

    monkeypatch.setattr(examining, "verify", slow)
    first = upload(pdf_of(signed))
    (second,) = answers
    assert (first.status_code, second.status_code) == (200, 409)
    assert "Đúng là tệp do hệ thống cấp" in text_of(first)
    assert "Đang kiểm tra tệp của người khác." in text_of(second)
    assert "Chữ ký 1" not in text_of(second)
    monkeypatch.undo()
    assert upload(pdf_of(signed)).status_code == 200
