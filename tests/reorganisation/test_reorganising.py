"""Agencies merge, split and get new names on a day: nothing is lost, no clock changes, and it can be undone."""

import json
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection

from motcua.base.actor import SYSTEM
from motcua.base.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import at_desk
from motcua.dossiers.states import State
from motcua.drafts import actions as drafts
from motcua.drafts.models import Draft
from motcua.filing.actions import submit
from motcua.opinions import actions as opinions
from motcua.opinions.actions import Question
from motcua.opinions.models import Opinion
from motcua.people.models import Agency, AgencyCode, Post
from motcua.people.queries import resolve
from motcua.reorganisation import actions, jobs, queries
from motcua.reorganisation.actions import carrying, running
from motcua.reorganisation.models import DONE, RUNNING, UNDONE, Reorganisation
from motcua.reorganisation.plan import Plan, Unit, merge, parse, rename
from motcua.sites.cli.check import all_checks
from tests.node import DAY, Node, officer

HOUR = timedelta(hours=1)
NEW = Unit("H99.201", "Uỷ ban nhân dân phường Hoa Mới", level="commune", parent="H99")


def merging() -> Plan:
    return merge(("H99.101", "H99.102"), NEW, on=DAY, decision="12/NQ-HĐND")


def done(plan: Plan, node: Node) -> Reorganisation:
    return actions.carry_out(actions.order(plan, by=SYSTEM, at=node.noon), by=SYSTEM, at=node.noon + HOUR)


def picture() -> dict[str, Any]:
    """Every row that a re-organisation may touch, facts and re-organisations themselves left out."""
    found: dict[str, Any] = {}
    for model in (Agency, AgencyCode, Post, Standing, Draft):
        unlike = {"seq", "tip"}
        rows = model.objects.order_by("pk").values(*(f.attname for f in model._meta.fields if f.name not in unlike))
        found[model.__name__] = list(rows)
    return found


def unsound() -> dict[str, list[str]]:
    return {name: found for name, check in all_checks().items() if (found := list(check())) and "counts" not in name}


def test_two_wards_become_one(node: Node) -> None:
    standing = node.received()
    held = dossiers.assign(standing.dossier_id, node.clerk.id, by=node.clerk, at=node.noon + HOUR)
    dates = (held.due_at, held.step_due_at, held.step, held.state)
    row = done(merging(), node)
    after = Standing.objects.get(pk=standing.pk)
    assert row.state == DONE
    assert after.agency.code == "H99.201"
    assert (after.due_at, after.step_due_at, after.step, after.state) == dates
    assert str(after.officer_id) == node.clerk.id
    assert {resolve(code, on=DAY).code for code in ("H99.101", "H99.102", "H99.201")} == {"H99.201"}
    clerk = officer("hotich.hoasen", after.agency)
    assert dossiers.pass_on(after.pk, "pass", by=clerk, at=node.noon + 2 * HOUR).state == State.PROCESSING
    assert unsound() == {}


def test_officers_of_the_old_ward_have_no_post_there_any_more(node: Node) -> None:
    done(merging(), node)
    with pytest.raises(Forbidden, match="no_post"):
        officer("hotich.hoasen", Agency.objects.get(code="H99.101"))


def test_undone_everything_is_as_it_was(node: Node) -> None:
    node.received()
    drafts.start_draft(node.filing().edition, {"ho_ten": "Nguyễn Văn An"}, by=node.mother, at=node.noon)
    Draft.objects.update(agency=node.agency)
    before = picture()
    row = done(merging(), node)
    assert Draft.objects.get().agency.code == "H99.201"
    assert picture() != before
    assert actions.undo(row, "Nghị quyết bị huỷ", by=SYSTEM, at=node.noon + 2 * HOUR) == []
    now = picture()
    for name, rows in before.items():
        assert [row for row in now[name] if row not in rows] == [], name
        assert [row for row in rows if row not in now[name]] == [], name
    assert Reorganisation.objects.get().state == UNDONE
    assert unsound() == {}


def test_what_was_filed_at_the_new_ward_goes_back_too_and_what_was_decided_there_keeps_it_on_record(
    node: Node,
) -> None:
    row = done(merging(), node)
    new = Agency.objects.get(code="H99.201")
    filed = submit(node.filing(agency=new.id), by=node.mother, at=node.noon + 2 * HOUR)
    assert actions.undo(row, "Nghị quyết bị huỷ", by=SYSTEM, at=node.noon + 3 * HOUR) == []
    assert Standing.objects.get(pk=filed.id).agency.code == "H99.101"
    assert not Agency.objects.filter(code="H99.201").exists()


def test_a_ward_that_goes_on_keeps_what_no_rule_gives_away(node: Node) -> None:
    first, second = node.received(), node.submitted()
    plan = parse({
        "day": f"{DAY}", "decision": "13/NQ-HĐND",
        "units": [{"code": "H99.101"}, {"code": "H99.202", "name": "UBND phường Hoa Lan", "level": "commune"}],
        "endings": [{
            "agency": "H99.101", "into": ["H99.202"], "officers": {"H99.202": ["hotich.hoasen"]},
            "dossiers": [{"to": "H99.202", "codes": [second.code]}],
        }],
    })  # fmt: skip
    done(plan, node)
    assert Standing.objects.get(pk=first.pk).agency.code == "H99.101"
    assert Standing.objects.get(pk=second.pk).agency.code == "H99.202"
    split = Agency.objects.get(code="H99.202")
    assert officer("hotich.hoasen", split).roles == {"clerk"}
    assert officer("tiepnhan.hoasen", node.agency).roles == {"reception"}
    assert unsound() == {}


def test_a_new_name_and_code_change_nothing_else(node: Node) -> None:
    standing = node.received()
    row = done(rename("H99.101", Unit("H99.301", "UBND phường Sen Vàng"), on=DAY, decision="14/QĐ-UBND"), node)
    after = Standing.objects.select_related("agency").get(pk=standing.pk)
    assert (after.agency_id, after.agency.code, after.agency.name) == (
        standing.agency_id, "H99.301", "UBND phường Sen Vàng",
    )  # fmt: skip
    assert resolve("H99.101", on=DAY).id == resolve("H99.301", on=DAY).id == standing.agency_id
    actions.undo(row, "Sai tên", by=SYSTEM, at=node.noon + 2 * HOUR)
    assert (resolve("H99.101", on=DAY).code, resolve("H99.101", on=DAY).name) == ("H99.101", node.agency.name)


def test_a_run_that_was_cut_off_goes_on(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        node.received()
    monkeypatch.setattr(carrying, "CHUNK", 1)
    row = actions.order(merging(), by=SYSTEM, at=node.noon)
    told: list[str] = []

    class Killed(Exception):
        """As kill -9 would be."""

    def send(*given: Any, **named: Any) -> Any:
        told.append("sent")
        if len(told) == 2:
            raise Killed
        return original(*given, **named)

    original = carrying._send
    monkeypatch.setattr(carrying, "_send", send)
    with pytest.raises(Killed):
        actions.carry_out(row, by=SYSTEM, at=node.noon)
    row = Reorganisation.objects.get()
    assert row.state == RUNNING
    assert sorted(Standing.objects.values_list("agency__code", flat=True)) == ["H99.101", "H99.101", "H99.201"]
    actions.carry_out(row, by=SYSTEM, at=node.noon + HOUR)
    assert set(Standing.objects.values_list("agency__code", flat=True)) == {"H99.201"}
    assert unsound() == {}


def test_two_at_once_are_refused(node: Node) -> None:
    first = actions.order(merging(), by=SYSTEM, at=node.noon)
    second = actions.order(rename("H99.103", Unit("H99.303"), on=DAY, decision="x"), by=SYSTEM, at=node.noon)
    Reorganisation.objects.filter(pk=first.pk).update(state=RUNNING)
    with pytest.raises(Conflict, match="reorganisation_running"):
        actions.carry_out(second, by=SYSTEM, at=node.noon)


def test_only_administrators_and_the_system_and_only_on_the_day(node: Node) -> None:
    with pytest.raises(Forbidden):
        actions.order(merging(), by=node.approver, at=node.noon)
    tomorrow = merge(("H99.101", "H99.102"), NEW, on=DAY + timedelta(days=1), decision="x")
    row = actions.order(tomorrow, by=SYSTEM, at=node.noon)
    with pytest.raises(Refused, match="reorganisation_not_yet"):
        actions.carry_out(row, by=SYSTEM, at=node.noon)
    actions.carry_out(row, by=SYSTEM, at=node.noon + timedelta(days=1))
    assert resolve("H99.101", on=DAY + timedelta(days=1)).code == "H99.201"
    assert resolve("H99.101", on=DAY).code == "H99.101"


def test_a_plan_with_problems_is_not_written_down(node: Node) -> None:
    with pytest.raises(Invalid, match="plan_problems"):
        actions.order(merge(("H99.101", "H99.777"), NEW, on=DAY, decision="x"), by=SYSTEM, at=node.noon)
    assert not Reorganisation.objects.exists()


def test_a_later_one_over_the_same_agencies_is_undone_first(node: Node) -> None:
    first = done(merging(), node)
    again = rename("H99.201", Unit("H99.201", "UBND phường Hoa Hồng"), on=DAY, decision="15/QĐ-UBND")
    second = actions.carry_out(
        actions.order(again, by=SYSTEM, at=node.noon + 2 * HOUR), by=SYSTEM, at=node.noon + 2 * HOUR
    )
    with pytest.raises(Refused, match="reorganised_again"):
        actions.undo(first, "x", by=SYSTEM, at=node.noon + 3 * HOUR)
    actions.undo(second, "x", by=SYSTEM, at=node.noon + 3 * HOUR)
    assert actions.undo(first, "x", by=SYSTEM, at=node.noon + 4 * HOUR) == []


def test_nothing_can_be_filed_at_a_ward_that_ended(node: Node) -> None:
    filing = node.filing()
    done(merging(), node)
    with pytest.raises(NotFound, match="agency_closed"):
        submit(filing, by=node.mother, at=node.noon + timedelta(days=1))
    assert not Standing.objects.exists()


def test_what_a_plan_would_touch_is_counted_first(node: Node) -> None:
    node.received()
    node.submitted()
    first, second = queries.survey(merging(), DAY)
    assert (first.agency, first.dossiers, first.ends) == ("H99.101", {"received": 1, "submitted": 1}, True)
    assert (second.agency, second.dossiers) == ("H99.102", {})
    assert first.posts == Post.objects.filter(agency=node.agency).count()
    assert json.dumps(first.plain())
    with connection.execute_wrapper(_counting(counted := [])):
        queries.survey(merging(), DAY)
    assert len(counted) == 4


def _counting(found: list[str]) -> Any:
    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append(sql)
        return execute(sql, params, many, context)

    return count


def test_who_took_over_reads_what_was_finished_before_and_nobody_else_does(node: Node) -> None:
    dossier = node.submitted()
    dossiers.refuse(dossier.id, "Không thuộc thẩm quyền", by=node.reception, at=node.noon + HOUR)
    done(merging(), node)
    assert Standing.objects.get(pk=dossier.id).agency.code == "H99.101"
    heir = officer("tiepnhan.hoasen", Agency.objects.get(code="H99.201"))
    assert at_desk(dossier.code, heir).pk == dossier.id
    with pytest.raises(NotFound):
        at_desk(dossier.code, officer("quantri", Agency.objects.get(code="H99")))


def test_a_question_that_the_old_ward_has_not_answered_is_asked_of_the_new_one(node: Node) -> None:
    standing = node.received()
    question = Question("Đứa trẻ đã được đăng ký ở phường này chưa?", agency="H99.102", hours=8)
    opinions.ask_opinion(standing.pk, question, by=node.clerk, at=node.noon + HOUR)
    plan = merge(("H99.102",), Unit("H99.204", "UBND phường Hoa Mai Mới", level="commune"), on=DAY, decision="x")
    row = done(plan, node)
    assert [each.agency.code for each in Opinion.objects.all()] == ["H99.204"]
    actions.undo(row, "x", by=SYSTEM, at=node.noon + 2 * HOUR)
    assert [each.agency.code for each in Opinion.objects.all()] == ["H99.102"]


def test_an_undoing_that_was_cut_off_goes_on_and_leaves_nothing_alone(
    node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        node.received()
    before = picture()
    row = done(merging(), node)
    original, sent = carrying.dossiers.transfer, []

    def transfer(*given: Any, **named: Any) -> Any:
        sent.append(1)
        if len(sent) == 2:
            raise KeyboardInterrupt
        return original(*given, **named)

    monkeypatch.setattr(carrying.dossiers, "transfer", transfer)
    with pytest.raises(KeyboardInterrupt):
        actions.undo(row, "Thử", by=SYSTEM, at=node.noon + 2 * HOUR)
    again = Reorganisation.objects.get()
    assert actions.undo(again, "Thử", by=SYSTEM, at=node.noon + 3 * HOUR) == []
    now = picture()
    assert all([row for row in now[name] if row not in before[name]] == [] for name in before)
    assert not Agency.objects.filter(code="H99.201").exists()


def test_what_another_process_is_at_is_left_to_it(committed_node: Node) -> None:
    row = actions.order(merging(), by=SYSTEM, at=committed_node.noon)
    taken, done_elsewhere = Event(), Event()

    def hold() -> None:
        with running.alone():
            taken.set()
            done_elsewhere.wait(20)
        connection.close()

    other = Thread(target=hold)
    other.start()
    assert taken.wait(20)
    try:
        with pytest.raises(Conflict, match="reorganisation_running"):
            actions.carry_out(row, by=SYSTEM, at=committed_node.noon)
        assert jobs.carry_out_due() == 0
        assert Reorganisation.objects.get().state == "planned"
    finally:
        done_elsewhere.set()
        other.join()
    assert actions.carry_out(row, by=SYSTEM, at=committed_node.noon).state == DONE
