"""The data in the repository can be read, contradicts itself nowhere, and covers what the demo promises."""

import json
import re
from collections import Counter
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from motcua.base.text import clean, slug
from motcua.catalogue.definition import CHANNELS, LEVELS, ONLINE, SUBJECTS, Definition, parse
from motcua.catalogue.definition import ROLES as STEP_ROLES
from motcua.catalogue.rules import publish_problems
from motcua.people import rules as people_rules
from motcua.people.actions import load_agencies
from motcua.people.queries import competent_agencies
from motcua.people.states import LEVELS as AGENCY_LEVELS
from motcua.people.states import ROLES as OFFICER_ROLES
from motcua.processes.checking import total_hours

DATA = Path(__file__).resolve().parent.parent / "data"
FILES = sorted((DATA / "procedures").glob("*.yaml"))
LAW = re.compile(r"\d+/(?:\d{4}/)?(?:QH\d+|UBTVQH\d+|[A-ZĐ0-9-]+(?:-[A-ZĐ]+)*)")


@cache
def read(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text("utf-8"))


@cache
def definition(path: Path) -> Definition:
    raw = yaml.safe_load(path.read_text("utf-8"))
    if isinstance(raw.get("form"), str):
        raw["form"] = json.loads((DATA / "forms" / raw["form"]).read_text("utf-8"))
    return parse(raw)


@pytest.fixture(scope="module")
def definitions() -> list[Definition]:
    return [definition(path) for path in FILES]


each_procedure = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


@each_procedure
def test_a_procedure_names_only_what_exists(path: Path) -> None:
    found = definition(path)
    assert found.procedure == path.stem
    assert re.fullmatch(r"\d\.\d{6}", found.procedure)
    assert found.name.vi and found.name.en
    assert found.field in {field["name"]["vi"] for field in read("fields.yaml")}
    assert set(found.life_events) <= {event["code"] for event in read("life_events.yaml")}
    assert found.life_events and found.law and found.results
    assert found.levels and set(found.levels) <= set(LEVELS)
    assert found.subjects and set(found.subjects) <= set(SUBJECTS)
    assert found.channels and set(found.channels) <= set(CHANNELS)
    assert found.online in ONLINE
    assert [law for law in found.law if not LAW.fullmatch(law)] == []


@each_procedure
def test_what_people_read_is_clean_unicode(path: Path) -> None:
    text = path.read_text("utf-8")
    for line in text.splitlines():
        assert clean(line) == " ".join(line.split())


@each_procedure
def test_papers_have_their_own_codes_and_a_number_of_pieces(path: Path) -> None:
    papers = definition(path).papers
    assert [code for code, times in Counter(paper.code for paper in papers).items() if times > 1] == []
    assert [paper.code for paper in papers if slug(paper.code) != paper.code] == []
    for paper in papers:
        assert paper.originals is None or paper.copies is None or paper.originals + paper.copies > 0


@each_procedure
def test_a_fee_is_a_whole_amount_or_says_why_there_is_none(path: Path) -> None:
    for options in definition(path).channels.values():
        for fee in (fee for option in options for fee in option.fees):
            assert fee.name
            assert fee.amount_vnd is None or fee.amount_vnd >= 0
            assert fee.amount_vnd is not None or fee.decided_by == "provincial_council" or fee.text


@each_procedure
def test_an_edition_may_be_published_as_it_stands(path: Path) -> None:
    assert publish_problems(definition(path)) == []


@each_procedure
def test_the_hours_of_the_process_are_the_working_hours_of_every_limit(path: Path) -> None:
    found = definition(path)
    limits = {option.limit.working_hours for options in found.channels.values() for option in options}
    assert limits - {None} <= {total_hours(found.process)}


@each_procedure
def test_steps_are_named_in_both_languages_and_one_of_them_decides(path: Path) -> None:
    steps = definition(path).process
    assert [step.does for step in steps].count("decide") == 1
    assert [step.step for step in steps if not (step.name and step.name_en)] == []


@each_procedure
def test_an_online_channel_stands_where_the_service_is_online(path: Path) -> None:
    found = definition(path)
    assert ("online" in found.channels) == (found.online in {"partial", "full"})


def test_at_least_forty_procedures_over_twelve_fields_and_all_levels(definitions: list[Definition]) -> None:
    assert len(definitions) >= 40
    assert len({found.field for found in definitions}) >= 12
    assert {level for found in definitions for level in found.levels} >= {"commune", "province", "ministry"}
    assert {found.online for found in definitions} == set(ONLINE)
    assert {"citizen", "foreigner", "enterprise"} <= {kind for found in definitions for kind in found.subjects}


def test_no_two_editions_of_a_procedure_hold_at_the_same_time(definitions: list[Definition]) -> None:
    spans = sorted((found.procedure, found.in_force.from_, found.in_force.until or date.max) for found in definitions)
    assert [first for first, second in pairwise(spans) if first[0] == second[0] and first[2] >= second[1]] == []


def test_every_life_event_and_every_field_leads_to_a_procedure(definitions: list[Definition]) -> None:
    events = {event for found in definitions for event in found.life_events}
    assert {event["code"] for event in read("life_events.yaml")} == events
    assert {field["name"]["vi"] for field in read("fields.yaml")} == {found.field for found in definitions}


def test_codes_of_fields_are_the_slugs_of_their_names() -> None:
    fields = read("fields.yaml")
    assert [field["code"] for field in fields] == [slug(field["name"]["vi"]) for field in fields]
    assert all(field["name"]["en"] and field["ministry"] for field in fields)


def test_life_events_have_names_and_texts_in_both_languages() -> None:
    events = read("life_events.yaml")
    assert len({event["code"] for event in events}) == len(events) == 13
    assert all(event["name"].keys() == event["about"].keys() == {"vi", "en"} for event in events)
    assert all(event["icon"].isalpha() for event in events)


def agencies() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read("agencies.yaml")["agencies"]
    return found


def test_agencies_form_a_tree_whose_codes_are_written_in_the_one_short_form() -> None:
    known: set[str] = set()
    for agency in agencies():
        former = [agency, *agency.get("merged", []), *agency.get("old_codes", [])]
        former += [old for merged in agency.get("merged", []) for old in merged.get("old_codes", [])]
        codes = [entry["code"] for entry in former]
        assert codes == [people_rules.agency_code(code) for code in codes]
        assert not known & set(codes) and len(set(codes)) == len(codes)
        assert agency["level"] in AGENCY_LEVELS
        assert agency.get("parent") in known | {None}
        known |= set(codes)


def test_the_node_has_the_agencies_that_the_law_asks_for() -> None:
    count = Counter(agency["level"] for agency in agencies())
    assert count == {"ministry": 1, "province": 1, "department": 12, "commune": 6, "centre": 8}
    centres = {agency["parent"] for agency in agencies() if agency["level"] == "centre"}
    assert centres == {agency["code"] for agency in agencies() if agency["level"] not in ("centre", "department")}


def test_a_merged_commune_ended_the_day_before_its_successor_began() -> None:
    ward = next(agency for agency in agencies() if agency["code"] == "H99.101")
    assert [(old["code"], old["until"]) for old in ward["merged"]] == [
        ("H99.21.01", date(2025, 6, 30)),
        ("H99.21.02", date(2025, 6, 30)),
    ]
    assert ward["since"] == date(2025, 7, 1)


@pytest.mark.django_db
def test_every_procedure_has_a_competent_agency_and_outside_the_communes_only_one(
    definitions: list[Definition], noon: datetime
) -> None:
    load_agencies(agencies(), at=noon)
    communes = [agency["code"] for agency in agencies() if agency["level"] == "commune"]
    for found in definitions:
        deciding = competent_agencies(levels=found.levels, field=found.field, on=noon.date())
        if "commune" in found.levels:
            assert [agency.code for agency in deciding] == communes
        else:
            assert [len(deciding), slug(found.field) in deciding[0].fields] == [1, True], found.procedure


def test_every_agency_that_handles_procedures_has_somebody_in_every_role() -> None:
    held = {
        (post["agency"], role)
        for officer in read("people.yaml")["officers"]
        for post in officer["posts"]
        for role in post["roles"]
    }
    handling = [a["code"] for a in agencies() if a["level"] in ("department", "commune", "ministry")]
    assert [(code, role) for code in handling for role in STEP_ROLES if (code, role) not in held] == []
    centres = [agency["code"] for agency in agencies() if agency["level"] == "centre"]
    assert [code for code in centres if (code, "reception") not in held] == []


def test_demo_people_are_valid_and_their_logins_unique() -> None:
    people = read("people.yaml")
    codes = {agency["code"] for agency in agencies()}
    for citizen in people["citizens"]:
        found = people_rules.check_identity_number(
            citizen["identity_number"], birth_date=citizen["birth_date"], gender=citizen["gender"]
        )
        assert found.number == citizen["identity_number"]
        assert people_rules.phone(citizen["phone"]) == citizen["phone"]
        assert people_rules.email(citizen["email"]) == citizen["email"]
        assert citizen["home"] in codes
    logins = [person["login"] for person in people["citizens"] + people["officers"]]
    assert logins == [people_rules.login_name(login) for login in logins]
    assert len(set(logins)) == len(logins)
    posts = [post for officer in people["officers"] for post in officer["posts"]]
    assert {post["agency"] for post in posts} <= codes
    assert {role for post in posts for role in post["roles"]} <= set(OFFICER_ROLES)


def test_the_demo_organisation_has_a_valid_tax_code_and_a_known_representative() -> None:
    people = read("people.yaml")
    logins = {citizen["login"] for citizen in people["citizens"]}
    for organisation in people["organisations"]:
        assert people_rules.check_tax_code(organisation["tax_code"]) == organisation["tax_code"]
        assert organisation["representative"] in logins
