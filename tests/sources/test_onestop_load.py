"""``motcua load onestop PATH`` as a person and a program meet it, on made-up definitions and on the real ones."""

import json
import xml.etree.ElementTree as ET
from argparse import Namespace
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from motcua import forms
from motcua.base.actor import SYSTEM, Actor
from motcua.base.errors import DefinitionError, Forbidden, Invalid
from motcua.base.models import Fact
from motcua.catalogue import actions
from motcua.catalogue.definition import parse
from motcua.catalogue.models import Edition, Procedure
from motcua.catalogue.ports import Record, Rejected
from motcua.catalogue.queries import plan_of
from motcua.catalogue.rules import draft_problems, form_of
from motcua.processes.paths import paths
from motcua.sites.cli import load_onestop
from tests.catalogue.samples import definition
from tests.real_data import real_data
from tests.sources.test_onestop import WORKFLOW, desk

pytestmark = pytest.mark.django_db


def load(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    """The exit code, and the JSON object on standard output."""
    code = load_onestop.run(Namespace(path=path, prefix="ONG", json=True))
    return code, json.loads(capsys.readouterr().out)


def test_a_desk_comes_in_as_drafts_and_again_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, report = load(desk(tmp_path), capsys)
    assert (code, report["read"], report["new"], report["refused"]) == (0, 1, 1, [])
    assert (report["forms"], report["processes"], report["steps"], report["tasks"]) == (1, 1, 5, 7)
    assert (report["fields"], report["questions"], report["papers"], report["switched_off"]) == (15, 12, 2, 1)
    assert (report["walked"], report["not_walked"], report["codes"]) == (1, {}, ["ONG.DT90"])
    assert report["before_publishing"] == {"form: no x-en": 1, "none": 0}
    assert report["defects"]["tasks_longer_than_step"]["examples"] == [
        {"code": "ONG.DT90", "where": "phong-nuoi-ong", "original": "2 + 1 > 2"}
    ]
    code, report = load(tmp_path, capsys)
    assert (code, report["new"], report["changed"], report["unchanged"]) == (0, 0, 0, 1)
    assert list(Edition.objects.values_list("state", "number")) == [("draft", 1)]
    assert Procedure.objects.get(code="ONG.DT90").listed is False
    assert list(Fact.objects.values_list("name", flat=True)) == ["catalogue.edition_drafted"]


def test_a_draft_can_be_looked_at_in_either_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(desk(tmp_path), capsys)
    plan = plan_of(Edition.objects.get())
    faults = plan.form.check({"name": "Bà Ong", "so_dan": "chín"})
    assert {name: fault.code for name, fault in faults.items()} == {"ngay_nhan": "required", "so_dan": "pattern"}
    assert forms.label(plan.form.fields["name"], "en") == "Tên chủ đàn"
    with pytest.raises(DefinitionError):
        forms.Form(plan.form_definition)


def test_what_changed_at_the_source_is_a_new_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(desk(tmp_path), capsys)
    (tmp_path / "xml-config/DT90/DT90_workflow.xml").write_text(WORKFLOW.replace('"10.000"', '"20.000"'))
    code, report = load(tmp_path, capsys)
    assert (code, report["new"], report["changed"]) == (0, 0, 1)
    assert list(Edition.objects.order_by("number").values_list("state", "number")) == [("draft", 1), ("draft", 2)]


def test_the_report_for_a_person_names_what_was_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = desk(tmp_path)
    (folder / "xml-config/DT91").mkdir()
    (folder / "xml-config/DT91/DT91_workflow.xml").write_text("<process")
    assert load_onestop.run(Namespace(path=folder, prefix="ONG", json=False)) == 1
    said = capsys.readouterr().out
    assert "Tờ khai 1: 15 mục, gồm 12 câu hỏi, 2 giấy tờ, 1 mục bị tắt ở nguồn" in said
    assert "từ chối ONG.DT91: file_unreadable" in said
    assert "field_twice: một mã dùng cho hai mục (ONG.DT90 so_dan '')" in said


def test_a_prefix_that_makes_no_code_is_refused_with_every_procedure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert load_onestop.run(Namespace(path=desk(tmp_path), prefix="../x", json=True)) == 1
    assert "is no code" in json.loads(capsys.readouterr().out)["refused"][0]["reason"]
    assert (Edition.objects.count(), Procedure.objects.count(), Fact.objects.count()) == (0, 0, 0)


def test_drafts_come_in_together_each_code_once(noon: datetime) -> None:
    records = [
        Record("9.000001", definition()),
        Record("9.000001", definition()),
        Record("9.000002", definition("9.000002", levels=["village"])),
        Rejected("9.000003", "here", "broken"),
    ]
    report = actions.draft_batch(records, by=SYSTEM, at=noon)
    assert (report.read, report.new) == (4, ["9.000001"])
    assert [(one.code, one.reason) for one in report.refused] == [
        ("9.000001", "code_twice"),
        ("9.000002", "levels: 'village' unknown"),
        ("9.000003", "broken"),
    ]
    assert Edition.objects.count() == 1
    with pytest.raises(Forbidden):
        actions.draft_batch(records, by=Actor("officer:2", roles=frozenset({"clerk"})), at=noon)


def test_what_is_published_already_needs_no_draft_and_an_unfinished_one_is_not_published(noon: datetime) -> None:
    edition = actions.publish(actions.draft(definition(), by=SYSTEM, at=noon), by=SYSTEM, at=noon)
    report = actions.draft_batch([Record("9.000001", definition())], by=SYSTEM, at=noon)
    assert (report.unchanged, Edition.objects.count()) == (["9.000001"], 1)
    unfinished = definition(process=[{**step, "hours": 9} for step in edition.definition["process"]])
    drafted = actions.draft(unfinished, by=SYSTEM, at=noon, unfinished=True)
    with pytest.raises(Invalid) as refusal:
        actions.publish(drafted, by=SYSTEM, at=noon)
    assert refusal.value.code == "edition_problems"
    drafted.refresh_from_db()
    assert drafted.state == "draft"


def test_a_real_desk_comes_in_whole(capsys: pytest.CaptureFixture[str]) -> None:
    folder = real_data("onestop_yenbai")
    code, report = load(folder, capsys)
    assert (code, report["read"], report["new"], report["refused"]) == (0, 78, 78, [])
    assert (report["forms"], report["processes"], report["steps"], report["tasks"]) == (76, 78, 379, 626)
    assert report["fields_by_kind"] == {
        "Textbox": 1078,
        "Checkbox": 1003,
        "TextboxArea": 159,
        "TextboxName": 116,
        "DropDownList": 107,
        "TextboxDate": 104,
        "TextboxMoney": 39,
    }
    assert (report["fields"], report["questions"], report["papers"], report["switched_off"]) == (2606, 1929, 480, 197)
    assert (report["walked"], report["not_walked"]) == (78, {})
    assert report["before_publishing"] == {
        "form: no x-en": 76,
        "process: hours differ from the limit": 7,
        "process: no step decides": 2,
        "none": 0,
    }
    drafts = [parse(edition.definition) for edition in Edition.objects.all()]
    assert sum(len(one.form["properties"]) for one in drafts if one.form) == 1929
    assert sum(len(one.papers) for one in drafts) == 480
    assert sum(len(one.extra.get("switched_off", [])) for one in drafts) == 197
    assert [problem for one in drafts for problem in draft_problems(one)] == []
    code, report = load(folder, capsys)
    assert (code, report["new"], report["changed"], report["unchanged"]) == (0, 0, 0, 78)
    assert (Edition.objects.count(), Procedure.objects.filter(listed=True).count()) == (78, 0)


def test_every_step_of_the_real_desk_keeps_its_own_hours(capsys: pytest.CaptureFixture[str]) -> None:
    folder = real_data("onestop_yenbai")
    load(folder, capsys)
    endless = []
    for file in sorted(folder.glob("xml-config/*/*_workflow.xml")):
        root = ET.parse(file).getroot()
        edition = parse(Edition.objects.get(procedure__code=f"ONG.{root.get('code')}").definition)
        source = Counter((" ".join(step.get("name", "").split()), float(step.get("time", ""))) for step in root)
        ours = Counter((step.name, None if step.hours is None else step.hours / 8) for step in edition.process)
        without = {(name, days) for name, days in source if days < 0}
        endless += [(edition.procedure, name) for name, _ in without]
        assert ours == Counter({(name, None if days < 0 else days): count for (name, days), count in source.items()})
        assert len(edition.extra.get("steps_without_limit", [])) == len(without)
        (way,) = paths(edition.process, form_of(edition))
        assert way.hours == sum(step.hours or 0 for step in edition.process)
        tasks = [[task.get("name") for task in step] for step in root]
        assert sum(len(step.tasks) for step in edition.process) == sum(len(one) for one in tasks if len(one) > 1)
    assert [code for code, _ in endless] == ["ONG.LD05", "ONG.LD07"]
