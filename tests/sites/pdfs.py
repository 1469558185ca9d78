"""PDFs for tests."""

from motcua.base.adapters.typesetting import Typst


def plain_pdf() -> bytes:
    """A document of the house that names no result."""
    return Typst().pdf("ket-qua", {"title": "Giấy tờ", "holder": "Nguyễn Thị Lan"})
