"""What results need from outside."""

from typing import Any, Protocol


class Typesetter(Protocol):
    """Makes a PDF from a template and plain values. Raises ``ValueError`` when the template does not compile."""

    def pdf(self, template: str, data: dict[str, Any]) -> bytes: ...
