"""What a printed form says."""

import io

from pypdf import PdfReader


def words(pdf: bytes) -> str:
    """The text of all pages with every run of blanks as one."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
