"""The picture of a process on a page: for a procedure, and for a dossier the way that its facts tell."""

from datetime import timedelta
from typing import Any

from django.template import Context, Template
from django.utils import translation

from motcua.catalogue.definition import Definition
from motcua.catalogue.queries import plan
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import history
from motcua.dossiers.rules import Attached
from motcua.sites.frame.templatetags.processes import way_of
from tests.catalogue.samples import definition, steps
from tests.node import Node, paper

PAGE = Template("{% load processes %}{% process_diagram definition facts %}")


def page(found: Definition, facts: Any = (), language: str = "vi") -> str:
    with translation.override(language):
        return PAGE.render(Context({"definition": found, "facts": facts}))


def went(dossier: Dossier) -> tuple[str, dict[tuple[str, str], int]]:
    """Where the facts of a dossier say it is, and the exits it took."""
    way = way_of(plan(dossier.edition_id).definition, history(dossier))
    return way.here, way.taken


def test_a_page_shows_the_picture_and_the_same_in_words() -> None:
    shown = page(definition())
    assert shown.count("<svg ") == 1
    assert "Quy trình bằng lời" in shown
    assert "<li>Trả (Tiếp nhận và trả kết quả, 1 giờ làm việc): Trả kết quả → Kết thúc.</li>" in shown
    assert "The process in words" in page(definition(), language="en")


def test_an_edition_without_a_process_or_with_a_broken_one_shows_nothing() -> None:
    assert page(definition(process=[])).strip() == ""
    assert page(definition(process=steps(xet={"then": {"pass": "dau-do"}}))).strip() == ""


def test_a_dossier_is_followed_from_filing_to_its_result(node: Node) -> None:
    dossier = node.submitted()
    assert went(dossier) == ("tiep-nhan", {})
    at = node.noon + timedelta(hours=1)
    actions.receive(dossier.pk, by=node.reception, at=at)
    received = {("tiep-nhan", "pass"): 1}
    assert went(dossier) == ("tham-tra", received)
    actions.ask_supplement(dossier.pk, ["giay-chung-sinh"], "Mờ", by=node.clerk, at=at)
    answer = Attached("giay-chung-sinh", paper(at), "ban ro hon.pdf")
    actions.supplement(dossier.pk, [answer], by=node.mother, at=at + timedelta(hours=1))
    asked = received | {("tham-tra", "ask_more"): 1}
    assert went(dossier) == ("tham-tra", asked)
    actions.pass_on(dossier.pk, "pass", by=node.clerk, at=at + timedelta(hours=2))
    actions.pass_on(dossier.pk, "return", by=node.approver, at=at + timedelta(hours=2), note="Xem lại")
    actions.pass_on(dossier.pk, "pass", by=node.clerk, at=at + timedelta(hours=2))
    passed = asked | {("tham-tra", "pass"): 2, ("ky", "return"): 1}
    assert went(dossier) == ("ky", passed)
    shown = page(plan(dossier.edition_id).definition, history(dossier))
    assert (shown.count(">Đang ở bước này<"), shown.count("Chuyển tiếp ×2")) == (1, 1)
    actions.decide(dossier.pk, True, by=node.approver, at=at + timedelta(hours=3))
    assert went(dossier) == ("tra", passed | {("ky", "pass"): 1})


def test_a_dossier_that_was_refused_at_the_door_is_at_no_step(node: Node) -> None:
    dossier = node.submitted()
    actions.refuse(dossier.pk, "Nộp nhầm nơi", by=node.reception, at=node.noon)
    assert went(dossier) == ("", {})


def test_a_supplement_asked_before_reception_is_no_exit_of_a_step(node: Node) -> None:
    dossier = node.submitted()
    actions.ask_supplement(dossier.pk, ["giay-chung-sinh"], "Mờ", by=node.reception, at=node.noon)
    assert went(dossier) == ("tiep-nhan", {})
