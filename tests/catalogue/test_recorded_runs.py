"""Recorded runs guard a procedure: an edition that breaks one is not published, by nobody, and nothing is written."""

from datetime import datetime
from typing import Any

import msgspec
import pytest

from motcua.base import ledger
from motcua.base.actor import SYSTEM, Actor
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.base.models import Fact
from motcua.catalogue import actions
from motcua.catalogue.definition import parse, plain
from motcua.catalogue.models import Edition, RecordedRun
from motcua.catalogue.queries import runs_of
from motcua.processes.runs import Run, Taken
from tests.catalogue.samples import definition, record, steps

pytestmark = pytest.mark.django_db
CODE = "9.000001"
ADMINISTRATOR = Actor("officer:7", "Ông Quản Trị", frozenset({"administrator"}), "1")
CLERK = Actor("officer:8", "Bà Thụ Lý", frozenset({"clerk", "approver"}), "1")
RUN = Run(
    "Cấp đúng hạn",
    "direct",
    (
        Taken("tiep-nhan", "pass", "reception"),
        Taken("xet", "pass", "clerk"),
        Taken("ky", "pass", "approver"),
        Taken("tra", "hand_over", "reception"),
    ),
)


def drafted(noon: datetime, **changes: Any) -> Edition:
    return actions.draft(definition(**changes), by=SYSTEM, at=noon)


@pytest.fixture
def published(noon: datetime) -> Edition:
    return actions.publish(drafted(noon), by=SYSTEM, at=noon)


@pytest.fixture
def kept(published: Edition, noon: datetime) -> RecordedRun:
    return actions.record_run(CODE, RUN, by=ADMINISTRATOR, at=noon, dossier="H99.101-261110-0001")


BROKEN = {"xet": {"then": {"approve": "ky", "ask_more": "supplement"}}}


def test_a_run_is_kept_with_its_fact(kept: RecordedRun) -> None:
    assert runs_of([CODE]) == {CODE: [RUN]}
    fact = ledger.facts_of(f"procedure:{CODE}")[-1]
    assert (fact.name, fact.data["name"], fact.data["dossier"], fact.actor) == (
        "catalogue.run_recorded", "Cấp đúng hạn", "H99.101-261110-0001", "officer:7",
    )  # fmt: skip


def test_an_edition_that_breaks_a_run_is_not_published_and_the_step_is_named(
    kept: RecordedRun, noon: datetime
) -> None:
    edition = drafted(noon, process=steps(**BROKEN))
    before = Fact.objects.count()
    with pytest.raises(Invalid) as refusal:
        actions.publish(edition, by=SYSTEM, at=noon)
    assert (refusal.value.code, refusal.value.details["run"], refusal.value.details["step"]) == (
        "edition_breaks_run", "Cấp đúng hạn", "Thẩm tra",
    )  # fmt: skip
    assert refusal.value.details["problems"] == ["process.xet (Thẩm tra): there is no action 'pass' any more"]
    assert Fact.objects.count() == before
    assert list(Edition.objects.order_by("number").values_list("state", flat=True)) == ["published", "draft"]


def test_a_load_refuses_what_breaks_a_run_and_publishes_the_rest(kept: RecordedRun, noon: datetime) -> None:
    records = [record(process=steps(**BROKEN)), record("9.000002")]
    report = actions.load_batch(records, source="x", by=SYSTEM, at=noon)
    assert (report.new, [one.code for one in report.refused]) == (["9.000002"], [CODE])
    assert report.refused[0].reason == (
        "breaks the recorded run 'Cấp đúng hạn': process.xet (Thẩm tra): there is no action 'pass' any more"
    )
    assert Edition.objects.filter(procedure__code=CODE).count() == 1


def test_a_load_of_what_knows_less_is_kept_out_as_before(kept: RecordedRun, noon: datetime) -> None:
    report = actions.load_batch([record(rank=1, process=[])], source="x", by=SYSTEM, at=noon)
    assert (report.kept, report.refused) == ([CODE], [])


def test_a_retired_run_is_asked_no_more(kept: RecordedRun, noon: datetime) -> None:
    with pytest.raises(Invalid, match="reason_missing"):
        actions.retire_run(kept.id, " \u200b", by=ADMINISTRATOR, at=noon)
    assert RecordedRun.objects.get().retired_at is None
    actions.retire_run(kept.id, "Quy trình đổi theo quyết định mới", by=ADMINISTRATOR, at=noon)
    with pytest.raises(NotFound, match="run_unknown"):
        actions.retire_run(kept.id, "lần nữa", by=ADMINISTRATOR, at=noon)
    fact = ledger.facts_of(f"procedure:{CODE}")[-1]
    assert (fact.name, fact.data["reason"]) == ("catalogue.run_retired", "Quy trình đổi theo quyết định mới")
    assert actions.publish(drafted(noon, process=steps(**BROKEN)), by=SYSTEM, at=noon).number == 2
    with pytest.raises(Invalid, match="edition_breaks_run"):
        actions.record_run(CODE, RUN, by=ADMINISTRATOR, at=noon)  # the edition in force goes another way by now


@pytest.mark.parametrize(
    ("run", "by", "code"),
    [
        (RUN, CLERK, "wrong_role"),
        (RUN, ADMINISTRATOR, "run_name_taken"),
        (msgspec.structs.replace(RUN, name=" \x00"), ADMINISTRATOR, "run_name_missing"),
        (msgspec.structs.replace(RUN, name="Khác", granted=False), ADMINISTRATOR, "edition_breaks_run"),
    ],
)
def test_what_can_not_be_recorded_is_refused(
    kept: RecordedRun, noon: datetime, run: Run, by: Actor, code: str
) -> None:
    before = Fact.objects.count()
    with pytest.raises(Refused, match=code):
        actions.record_run(CODE, run, by=by, at=noon)
    assert (RecordedRun.objects.count(), Fact.objects.count()) == (1, before)


def test_only_an_administrator_lets_a_run_go(kept: RecordedRun, noon: datetime) -> None:
    with pytest.raises(Forbidden, match="wrong_role"):
        actions.retire_run(kept.id, "x", by=CLERK, at=noon)
    assert RecordedRun.objects.get().retired_at is None


def test_runs_travel_in_the_file_of_an_edition_and_are_asked_there_too(noon: datetime) -> None:
    brought = definition(tests=[msgspec.to_builtins(RUN)])
    assert parse(plain(brought)) == brought
    assert actions.publish(actions.draft(brought, by=SYSTEM, at=noon), by=SYSTEM, at=noon).number == 1
    broken = drafted(noon, tests=[msgspec.to_builtins(RUN)], process=steps(**BROKEN))
    with pytest.raises(Invalid, match="edition_breaks_run"):
        actions.publish(broken, by=SYSTEM, at=noon)
