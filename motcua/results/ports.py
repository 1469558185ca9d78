"""What results need from outside."""

from collections.abc import Mapping
from typing import Any, Protocol


class Typesetter(Protocol):
    """Makes a PDF from a template and plain values. Raises ``ValueError`` when the template does not compile.

    ``files`` are pictures and PDFs by name, which the template sets into its pages.
    """

    def pdf(self, template: str, data: dict[str, Any], files: Mapping[str, bytes] | None = None) -> bytes: ...
