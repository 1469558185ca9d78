"""Answers are corrected: at once before reception, by the officer's yes afterwards; what they were is kept."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from motcua import wiring
from motcua.base.cursors import run_until_read
from motcua.base.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from motcua.corrections import actions, checks
from motcua.corrections.models import Correction
from motcua.dossiers import actions as dossiers
from motcua.dossiers import checks as dossier_checks
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, Standing
from tests.node import Node, birth_answers

HOUR = timedelta(hours=1)
NAME = {"ho_ten": "Trần Minh Khoa"}


def other_answers() -> dict[str, object]:
    """The answers of the demo birth with another name for the child."""
    field = next(name for name, value in birth_answers().items() if value == "Trần Minh Khôi")
    return {**birth_answers(), field: "Trần Minh Khoa"}


def child(answers: dict[str, object]) -> set[object]:
    return {"Trần Minh Khôi", "Trần Minh Khoa"} & {value for value in answers.values() if isinstance(value, str)}


def stored(dossier: Dossier) -> dict[str, object]:
    return Dossier.objects.get(pk=dossier.pk).answers


def sound() -> list[str]:
    return [*checks.check_answers(), *dossier_checks.check_tips(), *dossier_checks.check_states()]


def test_before_reception_a_correction_is_in_effect_at_once(node: Node) -> None:
    dossier = node.submitted()
    actions.correct(dossier.id, other_answers(), "Ghi nhầm tên", by=node.mother, at=node.noon, seen=2)
    assert child(stored(dossier)) == {"Trần Minh Khoa"}
    kept = Correction.objects.get()
    assert (child(kept.before), child(kept.after), kept.accepted) == ({"Trần Minh Khôi"}, {"Trần Minh Khoa"}, True)
    fact = queries.history(dossier)[-1]
    assert fact.name == "corrections.corrected"
    assert (len(fact.data["fields"]), fact.data["effective"]) == (1, True)
    assert "Trần Minh Khoa" not in str(fact.data)
    assert (fact.data["from"], fact.data["to"]) == ("submitted", "submitted")
    assert sound() == []


def test_after_reception_it_is_a_request_that_who_holds_the_step_accepts(node: Node) -> None:
    standing = node.received()
    due = standing.due_at
    dossier = standing.dossier
    actions.correct(dossier.id, other_answers(), "Ghi nhầm tên", by=node.mother, at=node.noon + HOUR)
    assert child(stored(dossier)) == {"Trần Minh Khôi"}
    with pytest.raises(Refused, match="correction_open"):
        actions.correct(dossier.id, other_answers(), "Lần nữa", by=node.mother, at=node.noon + HOUR)
    with pytest.raises(Forbidden, match="wrong_step_role"):
        actions.accept_correction(dossier.id, by=node.reception, at=node.noon + HOUR)
    with pytest.raises(NotFound, match="dossier_unknown"):
        actions.accept_correction(dossier.id, by=node.stranger, at=node.noon + HOUR)
    assert child(stored(dossier)) == {"Trần Minh Khôi"}
    assert sound() == []

    after = actions.accept_correction(dossier.id, by=node.clerk, at=node.noon + 2 * HOUR)
    assert (after.state, after.due_at) == ("received", due)
    assert child(stored(dossier)) == {"Trần Minh Khoa"}
    with pytest.raises(NotFound, match="correction_unknown"):
        actions.accept_correction(dossier.id, by=node.clerk, at=node.noon + 2 * HOUR)
    assert sound() == []


def test_a_request_is_refused_with_a_reason_and_the_answers_stay(node: Node) -> None:
    dossier = node.received().dossier
    actions.correct(dossier.id, other_answers(), "Ghi nhầm tên", by=node.mother, at=node.noon + HOUR)
    with pytest.raises(Invalid, match="reason_missing"):
        actions.refuse_correction(dossier.id, " ", by=node.clerk, at=node.noon + HOUR)
    actions.refuse_correction(dossier.id, "Giấy chứng sinh ghi Khôi", by=node.clerk, at=node.noon + HOUR)
    kept = Correction.objects.get()
    assert (kept.accepted, kept.why) == (False, "Giấy chứng sinh ghi Khôi")
    assert child(stored(dossier)) == {"Trần Minh Khôi"}
    actions.correct(dossier.id, other_answers(), "Có giấy mới", by=node.mother, at=node.noon + HOUR)
    assert Correction.objects.filter(decided_at=None).count() == 1
    assert sound() == []


def test_what_the_form_refuses_is_not_taken(node: Node) -> None:
    dossier = node.submitted()
    wrong = {name: value for name, value in birth_answers().items() if value != "Trần Minh Khôi"}
    with pytest.raises(Invalid, match="answers_invalid"):
        actions.correct(dossier.id, wrong, "Xoá tên", by=node.mother, at=node.noon)
    with pytest.raises(Invalid, match="nothing_changed"):
        actions.correct(dossier.id, birth_answers(), "Không đổi gì", by=node.mother, at=node.noon)
    with pytest.raises(Invalid, match="reason_missing"):
        actions.correct(dossier.id, other_answers(), "", by=node.mother, at=node.noon)
    with pytest.raises(Conflict, match="acted_first"):
        actions.correct(dossier.id, other_answers(), "Trang cũ", by=node.mother, at=node.noon, seen=1)
    assert (Correction.objects.count(), len(queries.history(dossier))) == (0, 2)


def test_once_decided_nothing_is_corrected(node: Node) -> None:
    dossier = node.received().dossier
    dossiers.pass_on(dossier.id, "pass", by=node.clerk, at=node.noon + HOUR)
    dossiers.decide(dossier.id, True, by=node.approver, at=node.noon + 2 * HOUR)
    with pytest.raises(Refused, match="wrong_state"):
        actions.correct(dossier.id, other_answers(), "Muộn rồi", by=node.mother, at=node.noon + 3 * HOUR)
    with pytest.raises(Refused, match="wrong_state"):
        actions.choose_return(dossier.id, "counter", by=node.mother, at=node.noon + 3 * HOUR)
    assert child(stored(dossier)) == {"Trần Minh Khôi"}


def test_the_check_finds_answers_that_no_fact_tells_of(node: Node) -> None:
    dossier = node.submitted()
    Dossier.objects.filter(pk=dossier.pk).update(answers=other_answers())
    assert list(checks.check_answers()) == [f"{dossier.code}: its answers are not those that its facts tell of"]


def test_the_result_comes_by_post_only_with_an_address(node: Node) -> None:
    dossier = node.submitted()
    with pytest.raises(Invalid, match="return_address_missing"):
        actions.choose_return(dossier.id, "post", by=node.mother, at=node.noon, address="  ")
    with pytest.raises(Invalid, match="return_unknown"):
        actions.choose_return(dossier.id, "pigeon", by=node.mother, at=node.noon, address="Số 12")
    assert len(queries.history(dossier)) == 2
    actions.choose_return(dossier.id, "post", by=node.mother, at=node.noon, address="Số 12 đường Hoa Sen")
    chosen = Dossier.objects.get(pk=dossier.pk)
    assert (chosen.return_by, chosen.return_address) == ("post", "Số 12 đường Hoa Sen")
    fact = queries.history(dossier)[-1]
    assert (fact.name, fact.data["before"], fact.data["how"]) == ("corrections.return_chosen", "online", "post")
    assert "Hoa Sen" not in str(fact.data)
    actions.choose_return(dossier.id, "counter", by=node.reception, at=node.noon)
    assert Dossier.objects.get(pk=dossier.pk).return_address == ""
    assert Standing.objects.get(pk=dossier.pk).state == "submitted"


def test_a_request_that_nobody_answered_ends_with_the_dossier(committed_node: Node) -> None:
    node = committed_node
    dossier = node.received().dossier
    actions.correct(dossier.id, other_answers(), "Ghi nhầm tên", by=node.mother, at=node.noon + HOUR)
    dossiers.withdraw(dossier.id, "Thôi", by=node.mother, at=node.noon + 2 * HOUR)
    run_until_read(wiring.SUBSCRIBERS)
    kept = Correction.objects.get()
    assert (kept.decided_at, kept.accepted) == (node.noon + 2 * HOUR, False)
    assert child(stored(dossier)) == {"Trần Minh Khôi"}


def test_of_two_who_correct_at_once_one_is_told_that_the_other_was_first(committed_node: Node) -> None:
    node = committed_node
    dossier = node.received().dossier
    together, heard = Barrier(2), []

    def ask() -> None:
        together.wait()
        try:
            actions.correct(dossier.id, other_answers(), "Ghi nhầm", by=node.mother, at=node.noon + HOUR, seen=3)
            heard.append("asked")
        except Conflict as late:
            heard.append(late.code)
        connection.close()

    threads = [Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(heard) == ["acted_first", "asked"]
    assert Correction.objects.count() == 1
    assert sound() == []
