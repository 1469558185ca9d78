"""``motcua review once-only``: the report of the catalogue or of files, for people and for programs."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from motcua.base.models import Fact
from motcua.sites.cli.commands import run

FIRST = """procedure: "9.000001"
name: {vi: Đăng ký khai sinh thử}
in_force: {from: 2025-07-01}
papers: [{code: to-khai, name: Tờ khai, originals: 1}]
results: [{name: Giấy khai sinh}]
"""
SECOND = """procedure: "9.000002"
name: {vi: Nhập học thử}
in_force: {from: 2025-07-01}
papers: [{code: a, name: Bản sao Giấy khai sinh của trẻ, originals: 0, copies: 2}, {code: b, name: Đơn, originals: 1}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two procedures: the result of one is a paper of the other."""
    found = tmp_path / "procedures"
    found.mkdir()
    (found / "9.000001.yaml").write_text(FIRST)
    (found / "9.000002.yaml").write_text(SECOND)
    return found


def test_the_report_of_files_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "once-only", "--from", str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["basis"] == "theo số thủ tục"
    assert {code: figure["count"] for code, figure in found["figures"].items() if figure["count"]} == {
        "procedures": 2, "papers": 3, "by_result": 1, "by_register": 1, "by_both": 1, "procedures_by_result": 1,
        "procedures_by_register": 1, "procedures_any": 1, "edges": 1, "contained": 1,
    }  # fmt: skip
    (top,) = found["top"]
    assert (top["name"], top["sheets"], top["asked_by"], top["given_by"]) == (
        "Giấy khai sinh", 2, ["9.000002"], ["9.000001"],
    )  # fmt: skip
    assert found["edges"] == [["9.000001", "9.000002"]]


def test_the_report_for_a_person_names_each_figure(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "once-only", "--from", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "2 bản ·   1 thủ tục đòi ·   1 thủ tục cấp · Giấy khai sinh" in said
    assert "theo số thủ tục" in said and "Cơ sở dữ liệu hộ tịch điện tử" in said


def test_one_procedure_is_told_by_whose_result(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "once-only", "--from", str(folder), "--procedure", "9.000002"]) == 0
    said = capsys.readouterr().out
    assert "1/2 dòng có bằng chứng" in said
    assert "là “Giấy khai sinh” (tên kết quả là phần đầu tên giấy tờ) do 9.000001 Đăng ký khai sinh thử" in said


def test_an_unknown_procedure_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["review", "once-only", "--from", str(folder), "--procedure", "9.9"]) == 2
    assert capsys.readouterr().out == ""


def test_volumes_change_the_basis_and_a_bad_line_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    volumes = tmp_path / "volumes.csv"
    volumes.write_text("9.000002,1000\n")
    command = ["review", "once-only", "--from", str(folder), "--json", "--volumes", str(volumes)]
    assert run(command) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["basis"], found["top"][0]["sheets_a_year"]) == ("theo số hồ sơ một năm", 2000)
    for bad in ("9.000002,nhiều\n", "9.000002\n", "a,1\na,2\n", "a,-1\n"):
        volumes.write_text(bad)
        assert run(command) == 2
    assert capsys.readouterr().out == ""


def test_the_picture_is_written_once_and_never_over_a_file(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["review", "once-only", "--from", str(folder), "--svg", str(tmp_path / "once.svg")]
    assert run(command) == 0
    drawn = (tmp_path / "once.svg").read_bytes()
    assert "Giấy khai sinh".encode() in drawn and ElementTree.fromstring(drawn).tag.endswith("svg")
    capsys.readouterr()
    assert run(command) == 2
    assert (tmp_path / "once.svg").read_bytes() == drawn
    assert "once.svg" in capsys.readouterr().err


@pytest.mark.django_db
def test_without_files_the_editions_in_force_are_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["load", "procedures", str(folder)]) == 0
    capsys.readouterr()
    facts = Fact.objects.count()
    assert run(["review", "once-only", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["figures"]["procedures"]["count"] == 2
    assert [top["name"] for top in found["top"]] == ["Giấy khai sinh"]
    assert Fact.objects.count() == facts
