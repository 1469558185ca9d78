"""``motcua verify`` and ``motcua dev-ca``: what they print, write and return."""

import hashlib
import io
import json
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PdfWriter

from motcua.base.files import open_file
from motcua.base.wires import bind, provider
from motcua.results.actions import revoke
from motcua.signing.adapters.configured import ConfiguredKeys
from motcua.signing.development import PIN, WARNING
from motcua.signing.ports import Keys
from motcua.signing.signing import Field, sign
from motcua.signing.verifying import MOST_BYTES
from motcua.sites.cli import commands
from motcua.sites.cli.verify import still_holds
from tests.node import DAY, Node
from tests.results.decided import documented
from tests.signing.attacks import flipped
from tests.signing.ca import Clock, signing_keys

PLACE = "/CreationDate"
pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path, plain_pdf: bytes) -> Iterator[Path]:
    """good.pdf, bad.pdf, bare.pdf; their signer is trusted on this node."""
    before, at = provider(Keys), datetime.now(UTC)
    keys = signing_keys(tmp_path, at)
    person = keys.of_person("chutich.hoasen")
    assert person
    good = sign(plain_pdf, person.unlock(PIN), Field("NguoiKy"), at=at)
    for name, content in {
        "good": good,
        "bad": flipped(good, good.index(PLACE.encode()) + 18),
        "bare": plain_pdf,
    }.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
    bind(Keys, keys)
    yield tmp_path
    bind(Keys, before)


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = commands.run([str(word) for word in words])
    return code, *capsys.readouterr()


def test_a_good_file_is_told_in_words(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told, noise = run(capsys, "verify", files / "good.pdf")
    assert (code, noise) == (0, "")
    assert "Tệp nguyên vẹn, mọi chữ ký số đều hợp lệ." in told
    assert "1. Bùi Quang Vinh · Ủy ban nhân dân phường Hoa Sen" in told
    assert "· B-LT" in told
    assert "!" not in told


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("bad.pdf", "Tệp này đã bị thay đổi sau khi ký."),
        ("bare.pdf", "Tệp này không có chữ ký số."),
        ("gone.pdf", "Không mở được tệp này."),
        ("dev-ca", "Không mở được tệp này."),
        ("dev-ca/root.pem", "Tệp này không phải PDF, hoặc hỏng không đọc được."),
    ],
)
def test_any_other_file_ends_with_1(files: Path, capsys: pytest.CaptureFixture[str], name: str, words: str) -> None:
    code, told, _ = run(capsys, "verify", files / name)
    assert (code, words in told) == (1, True)


def test_one_bad_file_among_many_ends_with_1_and_many_show_how_far_it_is(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, noise = run(capsys, "verify", "--json", *[files / "good.pdf"] * 3, files / "bad.pdf")
    rows = [json.loads(line) for line in told.splitlines()]
    assert (code, [row["verdict"] for row in rows]) == (1, ["valid", "valid", "valid", "changed"])
    assert rows[0]["sha256"] == hashlib.sha256((files / "good.pdf").read_bytes()).hexdigest()
    assert "changed" in rows[3]["signatures"][0]["problems"]
    assert "4/4" in noise


def test_a_folder_is_gone_through_and_nothing_in_it_stops_the_rest(
    files: Path, plain_pdf: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    inside = files / "many" / "deeper"
    inside.mkdir(parents=True)
    good = (files / "good.pdf").read_bytes()
    (inside / "a.pdf").write_bytes(good)
    (inside / "z.PDF").write_bytes(good)
    (inside / "read me.txt").write_text("no result")
    locked = PdfWriter(clone_from=io.BytesIO(plain_pdf))
    locked.encrypt("secret")
    locked.write(inside / "b.pdf")
    with (inside / "c.pdf").open("wb") as huge:
        huge.truncate(MOST_BYTES + 1)
    (inside / "d.pdf").write_bytes(b"%PDF-1.7\n" + b"[" * 50_000)
    (inside / "e.pdf").symlink_to("nowhere.pdf")
    os.mkfifo(inside / "f.pdf")
    code, told, noise = run(capsys, "verify", "--json", files / "many")
    rows = [json.loads(line) for line in told.splitlines()]
    assert [(Path(row["file"]).name, row["verdict"], row.get("problems", [])) for row in rows] == [
        ("a.pdf", "valid", []), ("b.pdf", "unknown", ["encrypted"]), ("c.pdf", "unknown", ["too_large"]),
        ("d.pdf", "not_a_pdf", ["unreadable"]), ("z.PDF", "valid", []),
    ]  # fmt: skip
    assert (code, "5/5" in noise, "5 tệp: 2 hợp lệ, 3 không." in noise) == (1, True, True)


def test_a_folder_of_good_files_ends_with_0_and_an_empty_one_with_1(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "some").mkdir()
    assert run(capsys, "verify", files / "some")[0] == 1
    (files / "some" / "good.pdf").write_bytes((files / "good.pdf").read_bytes())
    assert run(capsys, "verify", files / "some")[0] == 0


def test_the_registry_of_the_node_says_what_it_knows_of_the_file(
    node: Node, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = documented(node)
    with open_file(str(result.file_id)) as kept:
        (tmp_path / "ours.pdf").write_bytes(kept.read())
    (tmp_path / "other.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    code, told, _ = run(capsys, "verify", tmp_path / "ours.pdf")
    assert (code, "Kho kết quả: 1/2026/KQ-H99.101, Giấy khai sinh. Đang có hiệu lực." in told) == (1, True)
    assert still_holds(str(result.file_id), DAY)
    revoke(result.pk, "Cấp sai", "15/QĐ-UBND", by=node.approver, at=node.noon)
    assert not still_holds(str(result.file_id), DAY)
    _, told, _ = run(capsys, "verify", tmp_path / "ours.pdf")
    assert "Đã thu hồi ngày 10/11/2026 theo quyết định số 15/QĐ-UBND." in told
    _, told, _ = run(capsys, "verify", tmp_path / "other.pdf")
    assert "Kho kết quả: không có tệp nào giống tệp này." in told


def test_dev_ca_writes_keys_that_only_their_owner_reads_and_overwrites_nothing(
    tmp_path: Path, plain_pdf: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, _ = run(capsys, "dev-ca", "--to", tmp_path / "ca")
    assert (code, WARNING in told) == (0, True)
    made = sorted(path for path in (tmp_path / "ca").rglob("*") if path.is_file())
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o600}
    before = {path: path.read_bytes() for path in made}
    assert commands.run(["dev-ca", "--to", str(tmp_path / "ca")]) == 2
    assert "đã có; không có gì bị ghi đè" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in made} == before
    keys, at = ConfiguredKeys(tmp_path / "ca/signing.yaml", Clock(datetime.now(UTC))), datetime.now(UTC)
    agency = keys.of_agency("H99.101")
    assert agency
    assert sign(plain_pdf, agency, Field("CoQuan"), at=at).startswith(plain_pdf)
    assert WARNING in agency.certificate.subject.native["organizational_unit_name"]


def test_dev_ca_leaves_nothing_behind_when_it_breaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.signing.development.kept", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        commands.run(["dev-ca", "--to", str(tmp_path / "ca")])
    assert list(tmp_path.iterdir()) == []


def test_keys_never_lie_among_the_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["dev-ca", "--to", str(settings.ROOT / "keys")]) == 2
    assert "Khoá không được để trong thư mục mã nguồn" in capsys.readouterr().err
    assert not (settings.ROOT / "keys").exists()
