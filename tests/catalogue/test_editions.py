"""The life of an edition: drafted, published, replaced, ended; and frozen from the day it is published."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from motcua.base import ledger
from motcua.base.actor import SYSTEM, Actor, citizen
from motcua.base.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from motcua.base.ids import new_id
from motcua.base.models import Fact
from motcua.base.worktime import local
from motcua.catalogue import actions, checks, jobs
from motcua.catalogue.models import Edition, Procedure
from motcua.catalogue.queries import catalogue_version, edition_for, editions_of
from motcua.catalogue.rules import changed_fields, content_hash
from tests.catalogue.samples import definition, steps

pytestmark = pytest.mark.django_db
CODE = "9.000001"
ADMINISTRATOR = Actor("officer:1", "Bà Quản Trị", frozenset({"administrator"}), "1")


def published(noon: datetime, **changes: object) -> Edition:
    return actions.publish(actions.draft(definition(**changes), by=SYSTEM, at=noon), by=SYSTEM, at=noon)


def facts(code: str = CODE) -> list[str]:
    return [fact.name for fact in ledger.facts_of(f"procedure:{code}")]


def test_a_draft_is_seen_by_nobody(noon: datetime) -> None:
    edition = actions.draft(definition(), by=ADMINISTRATOR, at=noon)
    assert (edition.number, edition.state) == (1, "draft")
    with pytest.raises(NotFound) as refusal:
        edition_for(CODE, date(2026, 11, 10))
    assert refusal.value.code == "edition_not_in_force"
    assert Procedure.objects.get(code=CODE).listed is False
    assert facts() == ["catalogue.edition_drafted"]


def test_a_published_edition_is_in_force_and_listed_from_its_day_on(noon: datetime) -> None:
    before = catalogue_version()
    edition = published(noon)
    assert edition_for(CODE, date(2026, 1, 1)) == edition
    with pytest.raises(NotFound):
        edition_for(CODE, date(2025, 12, 31))
    procedure = Procedure.objects.get(code=CODE)
    assert (procedure.listed, procedure.fileable, procedure.levels, procedure.field.code) == (
        True,
        True,
        ["commune"],
        "thu-vien",
    )
    assert facts() == ["catalogue.edition_drafted", "catalogue.edition_published"]
    assert catalogue_version() == before + 1


def test_a_new_edition_ends_the_one_before_it(noon: datetime) -> None:
    old = published(noon)
    new = published(noon, in_force={"from": "2026-11-01"}, online="partial")
    old.refresh_from_db()
    assert (old.state, old.in_force_until, new.number) == ("expired", date(2026, 11, 1), 2)
    assert edition_for(CODE, date(2026, 10, 31)) == old
    assert edition_for(CODE, date(2026, 11, 1)) == new
    told = ledger.facts_of(f"procedure:{CODE}")[-1]
    assert (told.name, told.data["changed"]) == ("catalogue.edition_published", ["in_force", "online"])
    assert Procedure.objects.get(code=CODE).online == "partial"


def test_an_edition_of_tomorrow_shows_in_lists_tomorrow(noon: datetime) -> None:
    old = published(noon)
    new = published(noon, in_force={"from": "2026-12-01"}, online="partial")
    old.refresh_from_db()
    assert (old.state, edition_for(CODE, date(2026, 11, 30)), edition_for(CODE, date(2026, 12, 1))) == (
        "published",
        old,
        new,
    )
    assert Procedure.objects.get(code=CODE).online == "full"
    assert actions.take_effect(date(2026, 12, 1)) == 1
    old.refresh_from_db()
    assert (old.state, Procedure.objects.get(code=CODE).online) == ("expired", "partial")
    assert actions.take_effect(date(2026, 12, 1)) == 0


def test_the_daily_job_lists_what_began(noon: datetime) -> None:
    published(noon, in_force={"from": "2026-11-11"})
    assert Procedure.objects.get(code=CODE).listed is False
    begun = local(datetime.now(UTC)).date() >= date(2026, 11, 11)
    jobs.take_effect()
    assert Procedure.objects.get(code=CODE).listed is begun


def test_an_edition_that_begins_before_a_published_one_is_refused(noon: datetime) -> None:
    published(noon, in_force={"from": "2026-12-01"})
    edition = actions.draft(definition(), by=SYSTEM, at=noon)
    with pytest.raises(Conflict) as refusal:
        actions.publish(edition, by=SYSTEM, at=noon)
    assert refusal.value.code == "edition_overlaps"
    edition.refresh_from_db()
    assert (edition.state, len(facts())) == ("draft", 3)


def test_an_expired_edition_leaves_nothing_in_force(noon: datetime) -> None:
    edition = actions.expire(published(noon), date(2026, 11, 10), by=SYSTEM, at=noon)
    assert edition.state == "expired"
    assert Procedure.objects.get(code=CODE).listed is False
    with pytest.raises(NotFound):
        edition_for(CODE, date(2026, 11, 10))
    with pytest.raises(Refused) as refusal:
        actions.expire(edition, date(2026, 11, 12), by=SYSTEM, at=noon)
    assert refusal.value.code == "wrong_state"


def test_an_edition_does_not_end_before_it_began(noon: datetime) -> None:
    edition = published(noon)
    with pytest.raises(Invalid) as refusal:
        actions.expire(edition, date(2025, 1, 1), by=SYSTEM, at=noon)
    assert refusal.value.code == "until_before_start"
    assert edition_for(CODE, date(2026, 11, 10)) == edition


def test_a_definition_with_a_problem_is_not_even_drafted(noon: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.draft(definition(levels=["village"]), by=SYSTEM, at=noon)
    assert refusal.value.details["problems"] == ["levels: 'village' unknown"]
    assert (Edition.objects.count(), Procedure.objects.count(), Fact.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("who", [citizen("1"), Actor("officer:2", roles=frozenset({"clerk"}))])
def test_only_those_who_may_publish_do(noon: datetime, who: Actor) -> None:
    edition = actions.draft(definition(), by=SYSTEM, at=noon)
    count = Fact.objects.count()
    for act in (
        lambda: actions.draft(definition("9.000009"), by=who, at=noon),
        lambda: actions.publish(edition, by=who, at=noon),
        lambda: actions.load_batch([], source="x", by=who, at=noon),
        lambda: actions.load_fields([], by=who),
    ):
        with pytest.raises(Forbidden):
            act()
    edition.refresh_from_db()
    assert (edition.state, Fact.objects.count()) == ("draft", count)


def test_a_draft_is_published_once(noon: datetime) -> None:
    edition = published(noon)
    with pytest.raises(Refused) as refusal:
        actions.publish(edition, by=SYSTEM, at=noon)
    assert refusal.value.code == "wrong_state"
    assert len(editions_of(CODE)) == 1


@pytest.mark.parametrize(
    "change",
    [
        "definition = '{}'",
        "content_hash = 'x'",
        "in_force_from = '2020-01-01'",
        "number = 7",
        "state = 'draft'",
        "published_at = now()",
    ],
)
def test_the_database_refuses_to_change_what_is_published(noon: datetime, change: str) -> None:
    edition = published(noon)
    with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE catalogue_edition SET {change}")
    assert Edition.objects.get().content_hash == edition.content_hash


def test_the_database_refuses_to_remove_what_is_published(noon: datetime) -> None:
    published(noon)
    with pytest.raises(ProgrammingError, match="stays"), transaction.atomic():
        Edition.objects.all().delete()
    assert Edition.objects.count() == 1


def test_a_draft_may_change_and_go(noon: datetime) -> None:
    edition = actions.draft(definition(), by=SYSTEM, at=noon)
    Edition.objects.filter(id=edition.id).update(content_hash="x")
    edition.delete()
    assert Edition.objects.count() == 0


def test_the_database_keeps_one_edition_in_force_a_day(noon: datetime) -> None:
    edition = published(noon)
    edition.id, edition.number = new_id(), 2
    with pytest.raises(IntegrityError, match="edition_one_in_force"), transaction.atomic():
        edition.save(force_insert=True)


def test_checks_find_nothing_in_a_sound_catalogue_and_name_a_changed_edition(noon: datetime) -> None:
    published(noon)
    assert [*checks.check_editions(), *checks.check_edition_facts(), *checks.check_lists()] == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE catalogue_edition DISABLE TRIGGER catalogue_edition_frozen")
        cursor.execute(
            """UPDATE catalogue_edition SET definition = jsonb_set(definition::jsonb, '{field}', '"Khác"')"""
        )
        cursor.execute("ALTER TABLE catalogue_edition ENABLE TRIGGER catalogue_edition_frozen")
    assert list(checks.check_editions()) == [f"edition {CODE}/1: its content is not the one that was published"]


def test_checks_name_an_edition_without_its_fact_and_a_list_without_an_edition(noon: datetime) -> None:
    Edition.objects.create(
        procedure=Procedure.objects.create(code="9.1", name="x", folded_name="x", listed=True),
        number=1,
        state="expired",
        in_force_from=date(2026, 1, 1),
        definition={"procedure": "9.1", "name": {"vi": "x"}, "in_force": {"from": "2026-01-01"}},
        content_hash="x",
    )
    assert list(checks.check_edition_facts()) == ["edition 9.1/1: the ledger does not know its publication"]
    assert list(checks.check_lists()) == ["procedure 9.1: listed without an edition"]


def test_a_definition_is_stored_as_it_was_written(noon: datetime) -> None:
    """The order of columns and of buttons counts: it is kept, it is part of the hash, and a change of it is a change."""
    ways = {"refuse": "decide_refusal", "pass": "tra", "return": "xet"}
    edition = published(noon, process=steps(ky={"then": ways}))
    edition.refresh_from_db()
    assert list(edition.definition["process"][2]["then"]) == ["refuse", "pass", "return"]
    other = definition(process=steps(ky={"then": dict(reversed(ways.items()))}))
    assert content_hash(other) != edition.content_hash
    assert changed_fields(edition.definition, other) == ("process",)


def test_another_order_of_buttons_is_a_change_and_the_same_order_none(noon: datetime) -> None:
    edition = actions.begin(definition(), by=ADMINISTRATOR, at=noon)
    then = {"refuse": "decide_refusal", "pass": "ky", "ask_more": "supplement"}
    other = definition(process=steps(xet={"then": then}))
    for _again in range(2):
        edition = actions.revise(edition, other, by=ADMINISTRATOR, at=noon, seen=edition.content_hash)
    edition.refresh_from_db()
    assert list(edition.definition["process"][1]["then"]) == ["refuse", "pass", "ask_more"]
    facts = [fact.name for fact in ledger.facts_of(f"procedure:{edition.procedure.code}")]
    assert facts == ["catalogue.edition_drafted", "catalogue.edition_revised"]
