"""``motcua search`` as a program would use it."""

import argparse
import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from motcua.base import wires
from motcua.base.actor import SYSTEM
from motcua.base.errors import Invalid
from motcua.catalogue import actions
from motcua.catalogue.definition import parse
from motcua.search.adapters.published import PublishedSearch
from motcua.search.ports import Search
from motcua.sites.cli import search
from tests.search.made_up import RAW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_procedure(tmp_path: Path, noon: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(wires._bound, Search, PublishedSearch(tmp_path / "search", settings.DATA / "synonyms.yaml"))
    actions.publish(
        actions.draft(parse(RAW | {"in_force": {"from": date(2020, 1, 1)}}), by=SYSTEM, at=noon), by=SYSTEM, at=noon
    )


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    search.add_arguments(parser)
    return search.run(parser.parse_args(arguments))


def printed(capsys: pytest.CaptureFixture[str]) -> list[Any]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_question_prints_one_object_with_codes_and_scores(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("dang ky thu nghiem", "--json") == 0
    (found,) = printed(capsys)
    assert found["question"] == "dang ky thu nghiem"
    assert [(hit["code"], hit["name"]) for hit in found["results"]] == [("9.000001", "Đăng ký thử nghiệm")]
    assert found["results"][0]["score"] > 1


def test_people_read_a_line_a_procedure(capsys: pytest.CaptureFixture[str]) -> None:
    run("thử nghiệm")
    assert capsys.readouterr().out.rstrip().endswith("Đăng ký thử nghiệm")
    run("zzzzzzz")
    assert capsys.readouterr().out.startswith("Không tìm thấy")


def test_an_empty_question_has_no_results(capsys: pytest.CaptureFixture[str]) -> None:
    run("", "--json")
    assert printed(capsys) == [{"question": "", "results": []}]


def test_a_file_gives_an_object_a_line_whatever_it_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "questions"
    long = b"x" * (3 * search.LONGEST_LINE)
    file.write_bytes(
        "\ufeffthử nghiệm\r\n\n".encode() + b"\xff\xfe\x00\n" + long + b"\nth\xe1\xbb\xad nghi\xe1\xbb\x87m"
    )
    assert run("--from", str(file)) == 0
    rows = printed(capsys)
    assert [row["question"] for row in rows[:3]] == ["thử nghiệm", "", "\ufffd\ufffd\ufffd"]
    assert [len(row["question"]) for row in rows[3:]] == [search.LONGEST_LINE, len("thử nghiệm")]
    assert [len(row["results"]) for row in rows] == [1, 0, 0, 0, 1]


def test_standard_input_is_read_for_a_dash(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("thử nghiệm\n".encode())))
    run("--from", "-")
    assert [row["results"][0]["code"] for row in printed(capsys)] == ["9.000001"]


def test_an_argument_that_is_no_text_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    run("\udcff\udcfe", "--json")
    assert printed(capsys) == [{"question": "??", "results": []}]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "search_nothing_asked"),
        (("câu hỏi", "--from", "-"), "search_nothing_asked"),
        (("câu hỏi", "--limit", "0"), "search_bad_limit"),
        (("câu hỏi", "--limit", "101"), "search_bad_limit"),
        (("--from", "/no/such/file"), "search_unreadable_file"),
        (("--from", "/"), "search_unreadable_file"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: tuple[str, ...], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Invalid) as refusal:
        run(*arguments)
    assert refusal.value.code == code
    assert capsys.readouterr().out == ""
