"""Scans read by pyHanko's PDF reader, and tried out: what can't be set into a document is refused at the counter."""

import io

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from motcua.base.adapters.drawing import MOST_DRAWN, TooHeavy
from motcua.base.adapters.typesetting import Typst
from motcua.base.errors import Invalid

PDF, PNG, PICTURES = "application/pdf", "image/png", frozenset({"image/jpeg", "image/png"})
TEMPLATE, MOST = "ban-sao-chung-thuc", 1_000
MOST_DOTS = 150_000_000  # A3 at 600 dots an inch has half of that; a picture of a few bytes can claim to be a billion


class ReadScans:
    """The `Scans` that really reads: the pages of a PDF as its own tree counts them; a picture is one page."""

    def pages(self, content: bytes, media_type: str) -> int:
        """How many pages, after one trial document was made of them. Raises as `Scans`."""
        if media_type != PDF and media_type not in PICTURES:
            raise Invalid("scan_type_refused")
        pages = counted(content) if media_type == PDF else 1
        if media_type == PNG and dots(content) > MOST_DOTS:
            raise Invalid("scan_unreadable")
        told = {"scans": [{"media_type": media_type, "pages": pages}]}
        try:
            Typst().pdf(TEMPLATE, told, {"scan-0": content})
        except TooHeavy:
            raise Invalid("scan_too_heavy", limit=MOST_DRAWN) from None
        except ValueError:
            raise Invalid("scan_unreadable") from None
        return pages


def dots(png: bytes) -> int:
    """How many dots a PNG says it has: width and height stand at fixed places of its first chunk."""
    return int.from_bytes(png[16:20], "big") * int.from_bytes(png[20:24], "big")


def counted(pdf: bytes) -> int:
    """The pages of a PDF. Raises `Invalid` ``scan_unreadable`` for one that is broken, locked or endless."""
    try:
        read = PdfFileReader(io.BytesIO(pdf), strict=False)
        pages = 0 if read.encrypted else int(read.root["/Pages"]["/Count"])
    except (PdfError, KeyError, TypeError, ValueError, RecursionError):
        pages = 0
    if not 0 < pages <= MOST:
        raise Invalid("scan_unreadable")
    return pages
