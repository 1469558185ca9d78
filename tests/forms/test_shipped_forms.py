"""The ten full forms that come with the project: sound, complete in two languages, and answerable."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua import forms
from motcua.catalogue.definition import parse
from tests.real_data import real_data

DATA = Path(__file__).resolve().parents[2] / "data"
FORMS = {
    "1.001193": "khai-sinh",
    "1.004884": "dang-ky-lai-khai-sinh",
    "1.000894": "ket-hon",
    "1.004222": "thuong-tru",
    "1.001612": "ho-kinh-doanh",
    "3.000333": "ly-lich-tu-phap",
    "1.013225": "xay-dung-nha-o",
    "1.013831": "bien-dong-dat",
    "3.000347": "doi-giay-phep-lai-xe",
    "1.001776": "tro-cap-xa-hoi",
}
SAMPLES = {
    "^[0-9]{12}$": "001099000001",
    "^(0|\\+84)[0-9]{9,10}$": "0912345678",
    "^[0-9]{4}$": "4711",
    "^[0-9A-Za-z]{6,25}$": "0123456789",
}
each_form = pytest.mark.parametrize("name", FORMS.values())


@cache
def compiled(name: str) -> forms.Form:
    return forms.Form(json.loads((DATA / "forms" / f"{name}.form.json").read_text("utf-8")))


def sample(field: dict[str, Any], choose: Any) -> Any:
    """A right answer; ``choose`` picks among options and between yes and no."""
    if "oneOf" in field:
        return choose([option["const"] for option in field["oneOf"]])
    if field["type"] == "array":
        return [{name: sample(column, choose) for name, column in field["items"]["properties"].items()}]
    if field["type"] == "boolean":
        return True if "const" in field else choose([True, False])
    if field["type"] in ("integer", "number"):
        return field["minimum"]
    formats = {"date": "2024-02-29", "partial-date": "1960", "email": "binh@vidu.vn"}
    return formats.get(field.get("format", "")) or SAMPLES.get(field.get("pattern", ""), "Trần Thị Bình")


def filled(form: forms.Form, choose: Any) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for name, field in form.fields.items():
        if name in form.visible(answers):
            answers[name] = sample(field, choose)
    return answers


@each_form
def test_a_shipped_form_is_sound_and_asks_little_on_a_page(name: str) -> None:
    form = compiled(name)
    assert all(1 <= len(section.fields) <= 8 for section in form.sections)
    assert len(form.fields) >= 20


@each_form
@settings(deadline=None)
@given(data=st.data())
def test_any_way_through_a_shipped_form_is_accepted(name: str, data: st.DataObject) -> None:
    answers = filled(compiled(name), lambda options: data.draw(st.sampled_from(options)))
    assert compiled(name).check(answers) == {}


@each_form
def test_a_missing_answer_is_refused_by_name(name: str) -> None:
    form = compiled(name)
    answers = filled(form, lambda options: options[0])
    needed = [field for field in form.definition["required"] if field in answers]
    assert needed
    for field in needed:
        without = form.kept({other: value for other, value in answers.items() if other != field})
        assert form.check(without)[field] == forms.Fault("required")


@pytest.mark.parametrize(("code", "name"), FORMS.items())
def test_a_procedure_with_a_form_can_be_read_whole(code: str, name: str) -> None:
    raw = yaml.safe_load((DATA / "procedures" / f"{code}.yaml").read_text("utf-8"))
    assert raw["form"] == f"{name}.form.json"
    found = parse(raw | {"form": dict(compiled(name).definition)})
    hours = sum(step.hours for step in found.process)
    limits = {channel.limit.working_hours for ways in found.channels.values() for channel in ways} - {None}
    assert limits <= {hours}


def test_birth_registration_is_due_within_the_day_or_the_next_after_three() -> None:
    raw = yaml.safe_load((DATA / "procedures" / "1.001193.yaml").read_text("utf-8"))
    limit = {"hours": 8, "if_after": "15:00", "then": "next_working_day"}
    free = {"name": "Không thu phí, lệ phí", "amount_vnd": 0}
    assert raw["channels"] == {way: [{"limit": limit, "fees": [free]}] for way in ("online", "direct")}
    assert raw["results"][0]["template"] == "giay-khai-sinh"


def test_the_criminal_record_form_has_all_57_fields_of_the_exchange() -> None:
    listed = real_data("forms_lltp", "lltp_declaration_fields.csv").read_text("utf-8-sig").splitlines()
    wanted = {f"{row['section']}.{row['field']}" for row in csv.DictReader(listed)}
    fields = compiled("ly-lich-tu-phap").fields.values()
    columns = [column for field in fields for column in field.get("items", {}).get("properties", {}).values()]
    assert len(wanted) == 57
    assert {field["x-source"] for field in [*fields, *columns] if "x-source" in field} == wanted
