"""Surveys: asked for once, worked out a little at a time, taken over from the dead, kept with its version."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from motcua.base import ledger
from motcua.base.actor import SYSTEM
from motcua.base.errors import Conflict, Forbidden, Refused
from motcua.base.ids import new_id
from motcua.base.models import Fact
from motcua.catalogue.models import Edition
from motcua.catalogue.queries import catalogue_version
from motcua.surveys import actions, jobs, queries
from motcua.surveys.models import GIVEN_UP, READY, RUNNING, WAITING, Survey
from tests.node import BIRTH, Node

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_begun() -> Iterator[None]:
    jobs._work.clear()
    yield
    jobs._work.clear()


def work() -> None:
    while jobs.compute():
        pass


def names(survey: Survey) -> list[str]:
    return [fact.name for fact in ledger.facts_of(actions.stream(survey.id))]


def test_a_leader_asks_and_the_worker_keeps_the_report_with_the_version_it_read(node: Node) -> None:
    asked = actions.ask(by=node.approver, at=node.noon)
    assert (asked.state, asked.asked_by) == (WAITING, node.approver.name)
    work()
    made = queries.whole()
    assert (made.id, made.state, made.open, made.version) == (asked.id, READY, None, catalogue_version())
    assert (made.done, made.total) == (2, 2)
    assert made.head["figures"]["procedures"]["count"] == 1
    assert made.content["figures"] == made.head["figures"]
    assert made.picture.startswith("<svg") and made.picture_narrow.startswith("<svg")
    assert names(made) == ["surveys.asked", "surveys.finished"]


@pytest.mark.parametrize("who", ["mother", "reception", "clerk"])
def test_nobody_else_may_ask(node: Node, who: str) -> None:
    before = Fact.objects.count()
    with pytest.raises(Forbidden, match="wrong_role"):
        actions.ask(by=getattr(node, who), at=node.noon)
    assert (Survey.objects.count(), Fact.objects.count()) == (0, before)


def test_an_empty_catalogue_has_nothing_to_survey(node: Node) -> None:
    long_ago = node.noon - timedelta(days=4000)
    with pytest.raises(Refused, match="survey_of_nothing"):
        actions.ask(by=node.approver, at=long_ago)
    assert Survey.objects.count() == 0


def test_asked_twice_is_asked_once(node: Node) -> None:
    first = actions.ask(by=node.approver, at=node.noon)
    again = actions.ask(by=SYSTEM, at=node.noon)
    assert (first.id, Survey.objects.count(), names(first)) == (again.id, 1, ["surveys.asked"])


def test_two_workers_do_not_take_the_same_survey(node: Node) -> None:
    actions.ask(by=node.approver, at=node.noon)
    assert actions.take(new_id(), node.noon.date(), 1, at=node.noon) is not None
    assert actions.take(new_id(), node.noon.date(), 1, at=node.noon + timedelta(seconds=119)) is None


def test_what_a_killed_worker_left_is_begun_again_and_its_late_words_count_for_nothing(node: Node) -> None:
    survey, dead, alive = actions.ask(by=node.approver, at=node.noon), new_id(), new_id()
    later = node.noon + timedelta(seconds=121)
    actions.take(dead, node.noon.date(), 1, at=node.noon)
    actions.go_on(survey.id, dead, 1, at=node.noon)
    taken = actions.take(alive, node.noon.date(), 1, at=later)
    assert taken is not None and (taken.id, taken.holder, taken.done) == (survey.id, alive, 0)
    made = actions.Made({}, {"figures": {}}, "", "")
    with pytest.raises(Conflict, match="acted_first"):
        actions.go_on(survey.id, dead, 2, at=later)
    with pytest.raises(Conflict, match="acted_first"):
        actions.finish(survey.id, dead, made, by=SYSTEM, at=later)
    actions.give_up(survey.id, dead, "Late", by=SYSTEM, at=later)
    survey.refresh_from_db()
    assert (survey.state, survey.holder, survey.content, names(survey)) == (RUNNING, alive, None, ["surveys.asked"])


def test_a_process_that_lost_its_survey_drops_it(node: Node) -> None:
    survey = actions.ask(by=node.approver, at=node.noon)
    jobs._begin()
    Survey.objects.filter(id=survey.id).update(holder=new_id())
    work()
    survey.refresh_from_db()
    assert (survey.state, survey.content, jobs._work) == (RUNNING, None, [])


def test_a_report_that_breaks_is_given_up_and_the_one_before_stays(
    node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.ask(by=node.approver, at=node.noon)
    work()
    good = queries.whole()
    broken = actions.ask(by=node.approver, at=node.noon + timedelta(hours=1))

    def breaks(_: Any) -> Iterator[int]:
        yield 1
        raise RuntimeError("secret words of a paper")

    monkeypatch.setattr(jobs, "reviewing", breaks)
    with pytest.raises(RuntimeError):
        work()
    broken.refresh_from_db()
    assert (broken.state, broken.open, broken.problem) == (GIVEN_UP, None, "RuntimeError")
    assert names(broken) == ["surveys.asked", "surveys.given_up"]
    assert queries.whole().id == good.id


def test_a_report_that_cannot_be_drawn_is_given_up_too(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    survey = actions.ask(by=node.approver, at=node.noon)
    monkeypatch.setattr(jobs, "made_of", lambda *_: {}["missing"])
    with pytest.raises(KeyError):
        work()
    survey.refresh_from_db()
    assert (survey.state, survey.problem, jobs._work) == (GIVEN_UP, "KeyError", [])


def test_only_the_newest_report_keeps_everything(node: Node) -> None:
    for hour in range(2):
        actions.ask(by=node.approver, at=node.noon + timedelta(hours=hour))
        work()
    old, new = Survey.objects.order_by("ended_at")
    assert (old.content, old.picture, old.picture_narrow) == (None, "", "")
    assert old.head["figures"] == new.head["figures"]
    assert new.content is not None


def test_the_clock_asks_when_the_catalogue_changed_and_only_then(node: Node) -> None:
    jobs.keep_fresh()
    assert Survey.objects.get().asked_by == "Hệ thống"
    work()
    jobs.keep_fresh()
    assert Survey.objects.count() == 1
    Node.publish("2.000635", node.noon)
    jobs.keep_fresh()
    work()
    assert Survey.objects.count() == 2
    assert queries.whole().head["figures"]["procedures"]["count"] == 2


def test_the_clock_asks_nothing_of_an_empty_catalogue(db: None) -> None:
    assert not Edition.objects.exists()
    jobs.keep_fresh()
    assert not jobs.compute()
    assert Survey.objects.count() == 0


def test_dossiers_of_the_last_year_are_counted_and_a_procedure_without_any_is_not_known(node: Node) -> None:
    assert queries.volumes(node.noon) == {}
    node.submitted()
    assert queries.volumes(node.noon) == {BIRTH: 1}
    assert queries.volumes(node.noon + timedelta(days=366)) == {}
