"""Saved lists and notes: whose they are, who sees them, how many there may be."""

from datetime import timedelta
from uuid import uuid4

import pytest

from motcua.base.errors import Forbidden, Invalid, NotFound
from motcua.base.models import Fact
from motcua.desks.actions.notes import remove_note, write_note
from motcua.desks.actions.views import MOST, drop_view, rename_view, save_view
from motcua.desks.models import Note, SavedView
from motcua.desks.queries import noted, notes_of, views_of
from tests.node import Node

pytestmark = pytest.mark.django_db


def names(found: list[SavedView]) -> list[str]:
    return [each.name for each in found]


def test_a_view_is_seen_by_its_owner_and_shared_with_a_role_of_the_agency(node: Node) -> None:
    save_view("Của tôi", "han=soon", "", by=node.clerk)
    save_view("Chung", "han=overdue", "clerk", by=node.clerk)
    assert names(views_of(node.clerk)) == ["Chung", "Của tôi"]
    assert names(views_of(node.reception)) == []
    assert names(views_of(node.stranger)) == []  # a clerk too, of another ward


def test_a_role_one_does_not_hold_is_not_shared_with(node: Node) -> None:
    with pytest.raises(Forbidden, match="wrong_role"):
        save_view("Chung", "", "approver", by=node.clerk)
    assert SavedView.objects.count() == 0


def test_the_same_name_replaces_and_another_name_may_not_be_taken(node: Node) -> None:
    save_view("Gấp", "han=soon", "", by=node.clerk)
    kept = save_view("  Gấp ", "han=overdue", "", by=node.clerk)
    other = save_view("Khác", "", "", by=node.clerk)
    assert [each.query for each in views_of(node.clerk)] == ["han=overdue", ""]
    with pytest.raises(Invalid, match="view_exists"):
        rename_view(other.id, "Gấp", by=node.clerk)
    rename_view(kept.id, "Rất gấp", by=node.clerk)
    assert names(views_of(node.clerk)) == ["Khác", "Rất gấp"]


def test_nobody_changes_a_colleagues_view(node: Node) -> None:
    theirs = save_view("Chung", "", "clerk", by=node.clerk)
    with pytest.raises(NotFound, match="view_unknown"):
        rename_view(theirs.id, "Khác", by=node.approver)
    with pytest.raises(Forbidden, match="view_of_other"):
        drop_view(theirs.id, by=node.approver)
    drop_view(theirs.id, by=node.clerk)
    drop_view(theirs.id, by=node.clerk)
    assert SavedView.objects.count() == 0


@pytest.mark.parametrize("name", ["", "  ", "\x00", "x" * 61])
def test_a_view_has_a_short_name(node: Node, name: str) -> None:
    with pytest.raises(Invalid, match="view_name_missing"):
        save_view(name, "", "", by=node.clerk)


def test_views_are_bounded(node: Node) -> None:
    for number in range(MOST):
        save_view(f"{number}", "", "", by=node.clerk)
    with pytest.raises(Invalid, match="too_many_views"):
        save_view("Thêm", "", "", by=node.clerk)
    save_view("0", "han=soon", "", by=node.clerk)  # a known name replaces
    assert SavedView.objects.count() == MOST


def test_a_note_is_read_inside_the_agency_and_its_text_stands_in_no_fact(node: Node) -> None:
    dossier = node.submitted()
    write_note(dossier.id, " Mẹ hẹn  mang \r\n bản gốc chiều nay ", by=node.clerk, at=node.noon)
    (note,) = notes_of(dossier.id, node.reception)
    assert note.text == "Mẹ hẹn mang\nbản gốc chiều nay"
    assert noted([dossier.id, uuid4()], node.approver) == {dossier.id: 1}
    assert (notes_of(dossier.id, node.stranger), noted([dossier.id], node.stranger)) == ([], {})
    fact = Fact.objects.get(name="desks.note_written")
    assert (fact.stream, fact.data) == (
        f"note:{note.id}",
        {"dossier": str(dossier.id), "agency": str(node.agency.id)},
    )


@pytest.mark.parametrize(("text", "code"), [("  \n ", "note_missing"), ("x" * 2001, "note_too_long")])
def test_a_note_says_something_and_not_too_much(node: Node, text: str, code: str) -> None:
    dossier = node.submitted()
    with pytest.raises(Invalid, match=code):
        write_note(dossier.id, text, by=node.clerk, at=node.noon)
    assert (Note.objects.count(), Fact.objects.filter(name="desks.note_written").count()) == (0, 0)


def test_no_note_about_another_agencys_dossier(node: Node) -> None:
    dossier = node.submitted()
    for by in (node.stranger, node.mother):
        with pytest.raises(NotFound, match="dossier_unknown"):
            write_note(dossier.id, "Thử", by=by, at=node.noon)
    assert Note.objects.count() == 0


def test_only_who_wrote_a_note_takes_it_back(node: Node) -> None:
    note = write_note(node.submitted().id, "Gọi lại", by=node.clerk, at=node.noon)
    with pytest.raises(Forbidden, match="note_of_other"):
        remove_note(note.id, by=node.reception, at=node.noon)
    with pytest.raises(NotFound, match="note_unknown"):
        remove_note(note.id, by=node.stranger, at=node.noon)
    remove_note(note.id, by=node.clerk, at=node.noon + timedelta(hours=1))
    assert Note.objects.count() == 0
    names_of_facts = list(
        Fact.objects.filter(stream=f"note:{note.id}").order_by("seq").values_list("name", flat=True)
    )
    assert names_of_facts == ["desks.note_written", "desks.note_removed"]
