"""What an edition must be before it is published, and what is read from it."""

from typing import Any

import pytest

from motcua import forms
from motcua.catalogue.definition import Limit, plain
from motcua.catalogue.rules import (
    can_be_filed,
    changed_fields,
    content_hash,
    default_form,
    filing_obstacle,
    publish_problems,
    term_of,
)
from motcua.deadlines.counting import Term
from tests.catalogue.samples import definition


def test_a_sound_edition_has_no_problems() -> None:
    assert publish_problems(definition()) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"code": "../x"}, "procedure: '../x' is no code"),
        ({"name": {"vi": " "}}, "name: empty"),
        ({"sequence": "a\x00b"}, "text: holds a NUL character"),
        ({"sequence": "a\ud800b"}, "text: holds half characters"),
        ({"sequence": "a" * 2_000_001}, "text: longer than 2,000,000 bytes"),
        ({"in_force": {"from": "2026-02-01", "until": "2026-02-01"}}, "in_force: ends before it begins"),
        ({"levels": ["village"]}, "levels: 'village' unknown"),
        ({"subjects": ["cat"]}, "subjects: 'cat' unknown"),
        ({"online": "maybe"}, "online: 'maybe' unknown"),
        ({"results": [{"name": ""}]}, "results: one has no name"),
        ({"channels": {"owl": []}}, "channels: 'owl' unknown"),
        (
            {"channels": {"direct": [{"limit": {"days": 3, "hours": 8}}]}},
            "channels.direct: more than one limit in one",
        ),
        ({"channels": {"direct": [{"limit": {"days": 0}}]}}, "channels.direct: a limit is not a positive number"),
        (
            {"channels": {"direct": [{"limit": {"hours": 8, "if_after": "25:00", "then": "next_working_day"}}]}},
            "channels.direct: if_after '25:00' is no time of day",
        ),
        (
            {"channels": {"direct": [{"limit": {"hours": 8, "if_after": "15:00"}}]}},
            "channels.direct: if_after and then: next_working_day belong together",
        ),
        (
            {"channels": {"direct": [{"limit": {"days": 8, "if_after": "15:00", "then": "next_working_day"}}]}},
            "channels.direct: if_after needs a limit in working time",
        ),
        ({"channels": {"direct": [{"fees": [{"amount_vnd": -1}]}]}}, "channels.direct: fee -1 out of bounds"),
        (
            {"channels": {"direct": [{"fees": [{"amount_vnd": 1, "decided_by": "provincial_council"}]}]}},
            "channels.direct: fee has an amount and is decided elsewhere",
        ),
        ({"channels": {"direct": [{"fees": [{"kind": "tip"}]}]}}, "channels.direct: fee kind 'tip' unknown"),
        ({"papers": [{"code": "a", "name": "A"}, {"code": "a", "name": "B"}]}, "papers: 'a' twice"),
        ({"papers": [{"code": "a", "name": " "}]}, "papers.a: no name"),
        ({"papers": [{"code": "a", "name": "A", "copies": -1}]}, "papers.a: counts out of bounds"),
        ({"form": {"title": "x"}}, "form: form: not an object with properties"),
    ],
)
def test_a_contradiction_is_named(changes: dict[str, Any], problem: str) -> None:
    assert problem in publish_problems(definition(**changes))


def test_a_process_with_a_problem_is_not_published() -> None:
    assert publish_problems(definition(process=[])) == []
    assert "process: no step decides" in publish_problems(definition(process=plain(definition())["process"][:2]))


@pytest.mark.parametrize(
    ("changes", "channel", "obstacle"),
    [
        ({}, "", ""),
        ({}, "online", ""),
        ({}, "postal", "channel_not_offered"),
        ({"process": []}, "", "procedure_information_only"),
        ({"online": "information"}, "online", "procedure_information_only"),
        ({"online": "information"}, "direct", ""),
    ],
)
def test_filing_needs_a_process_and_the_channel(changes: dict[str, Any], channel: str, obstacle: str) -> None:
    edition = definition(**changes)
    assert filing_obstacle(edition, channel) == obstacle
    assert can_be_filed(edition, channel) is (obstacle == "")


def test_a_term_is_the_limit_and_an_unread_limit_promises_nothing() -> None:
    assert term_of(Limit(hours=8, if_after="15:00", then="next_working_day")) == Term(hours=8, if_after="15:00")
    assert term_of(Limit(working_days=2.5)) == Term(working_days=2.5)
    assert term_of(Limit(text="1")) is None


def test_the_general_form_is_a_sound_form_that_a_plain_request_passes() -> None:
    form = default_form(definition())
    assert forms.problems(form) == []
    answers = {
        "ho_ten": "Nguyễn Thị Lan",
        "so_dinh_danh": "001196000101",
        "dien_thoai": "0912 345 678",
        "dia_chi": "Phường Hoa Sen",
        "noi_dung": "Xin cấp thẻ.",
    }
    assert forms.Form(form).check(answers) == {}
    assert list(forms.Form(form).check(answers | {"so_dinh_danh": "12"})) == ["so_dinh_danh"]


def test_the_hash_follows_the_content_and_the_day_only_where_the_source_says_it() -> None:
    edition, later = definition(), definition(in_force={"from": "2026-06-01"})
    assert content_hash(edition) != content_hash(later)
    assert content_hash(edition, dated=False) == content_hash(later, dated=False)
    assert content_hash(edition, dated=False) != content_hash(definition(online="partial"), dated=False)


def test_the_fields_that_changed_are_named() -> None:
    old = plain(definition(in_force={"from": "2025-01-01"}))
    new = definition(online="partial", papers=[])
    assert changed_fields(old, new, dated=False) == ("online", "papers")
