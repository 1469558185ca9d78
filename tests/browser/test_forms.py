"""The printed forms 01 to 07 as pictures to look at, and the register on a telephone and at a desk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import typst
from playwright.sync_api import Page

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.queries import standing_by_code
from motcua.dossiers.rules import Owner
from motcua.printing.letters import letter
from motcua.printing.queries import Book
from motcua.printing.receipts import receipt
from motcua.printing.registers import register_pdf
from motcua.printing.slips import control_slip
from tests.browser.conftest import SCREENS
from tests.browser.test_whole_road import Walk
from tests.node import Node

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HOUR = timedelta(hours=1)


def picture(pdf: bytes, name: str, folder: Path) -> bytes:
    """The first page of a PDF as PNG, kept among the screens."""
    (folder / "form.pdf").write_bytes(pdf)
    (folder / "form.typ").write_text('#set page(width: auto, height: auto, margin: 0pt)\n#image("form.pdf", page: 1)')
    made = typst.compile(str(folder / "form.typ"), root=str(folder), format="png", ppi=84)
    SCREENS.mkdir(parents=True, exist_ok=True)
    (SCREENS / f"{name}.png").write_bytes(made)
    return bytes(made)


def written_to(node: Node) -> Dossier:
    """A dossier that got letters 02, 04 and 05 after its receipt."""
    head = replace(node.approver, roles=node.approver.roles | {"head"})
    dossier, noon = node.received().dossier, node.noon
    actions.ask_supplement(
        dossier.id, ["giay-chung-sinh"], "Ảnh chụp giấy chứng sinh mờ, không đọc được ngày sinh của trẻ.",
        by=node.clerk, at=noon + 2 * HOUR,
    )  # fmt: skip
    actions.supplement(dossier.id, node.filing().papers, by=node.mother, at=noon + timedelta(days=1))
    Standing.objects.filter(pk=dossier.pk).update(due_at=noon + timedelta(days=3))
    later = noon + timedelta(days=6)
    actions.extend(dossier.id, later, "Cơ sở y tế chưa trả lời xác minh.", by=head, at=noon + timedelta(days=2))
    actions.stop(dossier.id, "Cơ sở y tế xác nhận giấy chứng sinh được cấp nhầm.", by=head, at=later - HOUR)
    return dossier


def test_every_form_of_the_circular_as_a_picture(committed_node: Node, tmp_path: Path) -> None:
    node, noon = committed_node, committed_node.noon
    refused = node.submitted()
    actions.refuse(refused.id, "Trẻ đã được đăng ký khai sinh tại phường Hoa Mai.", by=node.reception, at=noon)
    dossier = written_to(node)
    for name, identity in (("Trần Văn Hùng", "001085000102"), ("Phạm Thị Mai", "001304000104")):
        other = node.submitted(owner=Owner(name, identity, "0900000109"))
        actions.receive(other.id, by=node.reception, at=noon + HOUR)
    standing = standing_by_code(dossier.code)
    book = Book(node.agency.id, "ho-tich", 2026)
    forms = {
        "01": receipt(standing),
        "02": letter(standing, "02"),
        "03": letter(standing_by_code(refused.code), "03"),
        "04": letter(standing, "04"),
        "05": letter(standing, "05"),
        "06": control_slip(standing),
        "07": register_pdf(book, "Hộ tịch", node.agency, at=noon + timedelta(days=7))[0],
    }
    for form, pdf in forms.items():
        assert picture(pdf, f"form-{form}", tmp_path).startswith(b"\x89PNG")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_register_and_the_letters_on_screen(
    committed_node: Node, person: Callable[[int], Page], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = committed_node
    monkeypatch.setattr("django.utils.timezone.now", lambda: node.noon + timedelta(days=8))
    dossier = written_to(node)
    node.received()
    officer = Walk(person(width), width)
    officer.go("/dang-nhap/?next=/can-bo/")
    officer.sign_in("chutich.hoasen")
    officer.go("/can-bo/so-theo-doi/", "desk-registers")
    officer.press("main .task-list a", "desk-register")
    officer.go(f"/can-bo/ho-so/{dossier.code}/")
    mother = Walk(person(width), width)
    mother.go(f"/dang-nhap/?next=/ho-so/{dossier.code}/")
    mother.sign_in("me.lan")
    mother.seen()
