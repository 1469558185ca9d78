"""The pages of a PDF as pictures, so that a document made of them can be PDF/A: nothing of the PDF itself is taken over.

A page that is nothing but one JPEG, as scanners make it, gives that JPEG as it is; any other page is drawn by typst.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import typst
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

DOTS_AN_INCH, MOST_DRAWN, MOST_BYTES = 150, 100, 40 * 1024 * 1024
LONGEST = "420mm"  # a page is drawn no larger than A3: what it says of its size decides over no memory
SHEET = f"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#context {{
  let drawn(..size) = image("/read.pdf", format: "pdf", page: int(sys.inputs.page), ..size)
  let natural = measure(drawn())
  drawn(width: natural.width * calc.min(1, {LONGEST} / calc.max(natural.width, natural.height)))
}}"""
NUMBER = rb"-?\d*\.?\d+"
ONE_PICTURE = re.compile(
    rb"\s*(?P<size>(?:(?:q\s+)*(?:" + NUMBER + rb"\s+){6}cm\s+)+)/(?P<name>[\w.+-]+)\s+Do\s*(?:Q\s*)*"
)
PLAIN = {"/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Filter", "/Length",
         "/Name", "/Interpolate"}  # fmt: skip
COLOURS = {"/DeviceRGB": 3, "/DeviceGray": 1}
BEFORE_FRAME = frozenset({0xC4, 0xDB, 0xDD, 0xE0, 0xFE})  # tables, restarts, JFIF, a comment; no turning, no profile
FRAMES = frozenset({0xC0, 0xC1, 0xC2})


class TooHeavy(ValueError):
    """The pages drawn would be more, or larger, than a document may be."""


def drawn(pdf: bytes) -> Iterator[bytes]:
    """A picture (JPEG or PNG) for each page, in order, one at a time.

    Raises ``ValueError`` for a PDF that can't be read, `TooHeavy` for one that would have to be drawn on more than
    `MOST_DRAWN` pages or in more than `MOST_BYTES`; what a scanner made needs no drawing.
    """
    size = many = 0
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "read.pdf").write_bytes(pdf)
        (folder / "sheet.typ").write_text(SHEET)
        compiler = typst.Compiler(root=name, ignore_system_fonts=True)
        for number, scan in enumerate(_scans(pdf), 1):
            many += scan is None
            if many > MOST_DRAWN:
                raise TooHeavy(f"more than {MOST_DRAWN} pages are no scans")
            picture = scan or _draw(compiler, folder / "sheet.typ", number)
            size += 0 if scan else len(picture)
            if size > MOST_BYTES:
                raise TooHeavy(f"more than {MOST_BYTES} bytes to be drawn")
            yield picture


def _draw(compiler: typst.Compiler, sheet: Path, number: int) -> bytes:
    try:
        made = compiler.compile(input=str(sheet), format="png", ppi=DOTS_AN_INCH, sys_inputs={"page": str(number)})
    except typst.TypstError as problem:
        raise ValueError(f"page {number}: {problem}") from problem
    return cast(bytes, made)


def _scans(pdf: bytes) -> Iterator[bytes | None]:
    """For each page its JPEG, or None where the page is anything more than that. Raises ``ValueError``."""
    try:
        read = PdfFileReader(io.BytesIO(pdf), strict=False)
        for place in range(int(read.root["/Pages"]["/Count"])):
            page, resources = read.find_page_for_modification(place)
            yield _only_picture(page.get_object(), resources)
    except (PdfError, KeyError, TypeError, IndexError, RecursionError) as problem:
        raise ValueError(f"no readable PDF: {problem}") from problem


def _only_picture(page: Any, resources: Any) -> bytes | None:
    """The JPEG that covers the whole page, if there is nothing else on it and nothing is done to it."""
    if "/Annots" in page or "/UserUnit" in page or _inherited(page, "/Rotate"):
        return None
    contents = _at(page, "/Contents")
    found = ONE_PICTURE.fullmatch(contents.data) if isinstance(contents, StreamObject) else None
    box = [float(each) for each in _inherited(page, "/CropBox") or _inherited(page, "/MediaBox") or ()]
    if found is None or not _covers(found["size"], box):
        return None
    image = _at(_at(resources, "/XObject") or {}, f"/{found['name'].decode()}")
    if not isinstance(image, StreamObject) or image.keys() - PLAIN:
        return None
    if _at(image, "/Subtype") != "/Image" or _at(image, "/Filter") not in ("/DCTDecode", ["/DCTDecode"]):
        return None
    jpeg = image.encoded_data
    told = (int(image["/Height"]), int(image["/Width"]), COLOURS.get(str(_at(image, "/ColorSpace"))))
    return jpeg if frame(jpeg) == told else None


def _covers(size: bytes, box: list[float]) -> bool:
    """Whether the picture stands upright and ends where the page ends, to a point; ``size``: one matrix or several."""
    numbers = [float(each) for each in re.findall(NUMBER, size)]
    wide, high, left, low = 1.0, 1.0, 0.0, 0.0
    for start in range(0, len(numbers), 6):
        a, b, c, d, e, f = numbers[start : start + 6]
        if b or c:
            return False
        left, low, wide, high = left + e * wide, low + f * high, wide * a, high * d
    ends = [left, low, left + wide, low + high]
    return len(box) == 4 and all(abs(end - edge) <= 1 for end, edge in zip(ends, box, strict=True))


def _at(dictionary: Any, name: str) -> Any:
    """What stands there, followed to where it is (which ``get`` does not do); None where nothing stands."""
    try:
        return dictionary[name]
    except KeyError:
        return None


def _inherited(page: Any, name: str) -> Any:
    for _ in range(50):  # a tree of pages is not deeper; one that turns in a circle ends here
        if name in page:
            return page[name]
        if "/Parent" not in page:
            return None
        page = page["/Parent"]
    return None


def frame(jpeg: bytes) -> tuple[int, int, int] | None:
    """Height, width and channels of a JPEG; None for one that says more (how to turn it, which colours are meant)."""
    at = 2
    while jpeg[:2] == b"\xff\xd8" and jpeg[at : at + 1] == b"\xff" and at + 10 <= len(jpeg):
        kind, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if kind in FRAMES and jpeg[at + 4] == 8:
            return (
                int.from_bytes(jpeg[at + 5 : at + 7], "big"),
                int.from_bytes(jpeg[at + 7 : at + 9], "big"),
                jpeg[at + 9],
            )
        if kind not in BEFORE_FRAME:
            return None
        at += 2 + length
    return None
