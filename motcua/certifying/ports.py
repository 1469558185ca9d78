"""What certifying needs from outside."""

from typing import Protocol


class Scans(Protocol):
    """Reads what was scanned.

    ``pages`` is how many pages a scan of this media type has. Raises `Invalid` ``scan_unreadable`` for what is broken,
    locked by a password or can't be set into a document, ``scan_too_heavy`` for a PDF whose pages are more than
    pictures and too many to be drawn, ``scan_type_refused`` for what is neither PDF nor picture.
    """

    def pages(self, content: bytes, media_type: str) -> int: ...
