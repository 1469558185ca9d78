"""The answer to a request is prepared paper by paper and sent once."""

from datetime import timedelta

import pytest

from motcua import wiring
from motcua.base.cursors import run_until_read
from motcua.base.errors import Invalid, NotFound, Refused
from motcua.corrections import actions as corrections
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier, Standing
from motcua.drafts import actions
from motcua.drafts.models import AnswerPaper, Correcting
from motcua.drafts.queries import correction_answers
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor
from tests.corrections.test_correcting import other_answers
from tests.node import Node, birth_answers

HOUR = timedelta(hours=1)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n2"
SECTION = "nguoi-duoc-khai-sinh"


@pytest.fixture
def asked(node: Node) -> Dossier:
    """A dossier whose filer is asked for the certificate of birth."""
    dossier = node.received().dossier
    dossiers.ask_supplement(dossier.id, ["giay-chung-sinh"], "Ảnh mờ", by=node.clerk, at=node.noon + HOUR)
    return dossier


def test_files_are_kept_until_the_answer_is_sent(node: Node, asked: Dossier) -> None:
    at = node.noon + 2 * HOUR
    with pytest.raises(Invalid, match="papers_missing"):
        actions.send_answer(asked.id, by=node.mother, at=at)
    first = actions.attach_answer(asked.id, "giay-chung-sinh", [PDF], "mo.pdf", by=node.mother, at=at)
    actions.detach_answer(asked.id, first.id, by=node.mother, at=at)
    actions.attach_answer(asked.id, "giay-chung-sinh", [PDF], "ro.pdf", by=node.mother, at=at)
    again = actions.attach_answer(asked.id, "giay-chung-sinh", [PDF], "ro.pdf", by=node.mother, at=at)
    assert [each.label for each in AnswerPaper.objects.all()] == ["ro.pdf"]
    assert again.label == "ro.pdf"
    assert asked.papers.count() == 1
    actions.send_answer(asked.id, by=node.mother, at=at)
    assert Standing.objects.get().state == "processing"
    assert (AnswerPaper.objects.count(), asked.papers.count()) == (0, 2)
    with pytest.raises(Refused, match="nothing_asked"):
        actions.send_answer(asked.id, by=node.mother, at=at)


def test_nothing_is_attached_for_a_strange_paper_by_a_stranger_or_unasked(node: Node, asked: Dossier) -> None:
    at = node.noon + 2 * HOUR
    hung = citizen_actor(Citizen.objects.get(account__login="chu.hung"))
    with pytest.raises(Invalid, match="paper_unknown"):
        actions.attach_answer(asked.id, "bang-lai-xe", [PDF], "x.pdf", by=node.mother, at=at)
    with pytest.raises(NotFound, match="dossier_unknown"):
        actions.attach_answer(asked.id, "giay-chung-sinh", [PDF], "x.pdf", by=hung, at=at)
    unasked = node.submitted()
    with pytest.raises(Refused, match="nothing_asked"):
        actions.attach_answer(unasked.id, "giay-chung-sinh", [PDF], "x.pdf", by=node.mother, at=at)
    assert AnswerPaper.objects.count() == 0


def test_a_correction_is_written_page_by_page_and_sent_whole(node: Node) -> None:
    dossier = node.submitted()
    faults = actions.save_correction(dossier, SECTION, {}, by=node.mother, at=node.noon)
    assert faults
    with pytest.raises(Invalid, match="answers_invalid"):
        actions.send_correction(dossier, "Sửa tên", by=node.mother, at=node.noon)
    assert Dossier.objects.get().answers == birth_answers()
    assert actions.save_correction(dossier, SECTION, other_answers(), by=node.mother, at=node.noon) == {}
    actions.send_correction(dossier, "Sửa tên", by=node.mother, at=node.noon)
    assert Dossier.objects.get().answers == other_answers()
    assert Correcting.objects.count() == 0


def test_a_correction_begins_anew_when_the_answers_were_changed_meanwhile(node: Node) -> None:
    dossier = node.submitted()
    actions.save_correction(dossier, SECTION, {}, by=node.mother, at=node.noon)
    corrections.correct(dossier.id, other_answers(), "Ở quầy khác", by=node.mother, at=node.noon)
    now = Dossier.objects.get()
    assert correction_answers(now, node.mother) == other_answers()
    with pytest.raises(Invalid, match="nothing_changed"):
        actions.send_correction(now, "Trang cũ", by=node.mother, at=node.noon)
    assert Dossier.objects.get().answers == other_answers()


def test_files_kept_for_an_answer_that_came_another_way_are_thrown_away(committed_node: Node) -> None:
    node = committed_node
    dossier, other = node.received().dossier, node.received().dossier
    for each in (dossier, other):
        dossiers.ask_supplement(each.id, ["giay-chung-sinh"], "Ảnh mờ", by=node.clerk, at=node.noon + HOUR)
        actions.attach_answer(each.id, "giay-chung-sinh", [PDF], "ro.pdf", by=node.mother, at=node.noon + HOUR)
    actions.save_correction(dossier, SECTION, other_answers(), by=node.mother, at=node.noon + HOUR)
    dossiers.supplement(dossier.id, node.filing().papers, by=node.reception, at=node.noon + 2 * HOUR)
    run_until_read(wiring.SUBSCRIBERS)
    assert [each.supplement.dossier_id for each in AnswerPaper.objects.all()] == [other.id]
    assert Correcting.objects.count() == 1
    dossiers.withdraw(dossier.id, "Thôi", by=node.mother, at=node.noon + 3 * HOUR)
    dossiers.withdraw(other.id, "Thôi", by=node.mother, at=node.noon + 3 * HOUR)
    run_until_read(wiring.SUBSCRIBERS)
    assert (AnswerPaper.objects.count(), Correcting.objects.count()) == (0, 0)
