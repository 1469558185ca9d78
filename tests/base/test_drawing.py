"""The pages of a PDF as pictures: a scan gives its own picture, anything more than that is drawn, within bounds."""

import base64
import io

import pytest
from pypdf import PdfReader

from motcua.base.adapters import drawing
from motcua.base.adapters.drawing import TooHeavy, drawn, frame
from motcua.base.adapters.typesetting import Typst
from tests.archival import archival_faults, everything

# 16 × 24 dots, half blue and half red.
JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/"
    "2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAYABADASIAAhEBAxEB/8QA"
    "FgABAQEAAAAAAAAAAAAAAAAABAAG/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAAE/8QAGBEAAgMAAAAAAAAAAAAAAAAAAAVC"
    "gcH/2gAMAwEAAhEDEQA/AMycCctbwvC9TOtAnJDeF4FM60//2Q=="
)
PAGE = b"q 160 0 0 240 0 0 cm /Im0 Do Q\n"
IMAGE = b"/Type/XObject/Subtype/Image/Width 16/Height 24/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
EXIF = JPEG[:2] + b"\xff\xe1\x00\x10Exif\x00\x00" + bytes(8) + JPEG[2:]


def scan(content: bytes = PAGE, more: bytes = b"", image: bytes = IMAGE, jpeg: bytes = JPEG, box: bytes = b"160 240",
         pages: int = 1) -> bytes:  # fmt: skip
    """A PDF as a scanner writes it, page after page the same."""
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 " + box + b"]/Contents 4 0 R/Resources<</XObject<</Im0 5 0 R>>"
        b"/Font<</F 6 0 R>>>>" + more + b">>"
    )
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[" % pages + b" 3 0 R" * pages + b"]>>",
        page,
        b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
        b"<<" + image + b"/Length %d>>stream\n" % len(jpeg) + jpeg + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj" % number + part + b"endobj\n"
    table = b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + table + b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(made)


def dots(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


@pytest.mark.parametrize(
    "content",
    [PAGE, b"160 0 0 240 0 0 cm /Im0 Do", b"q 10 0 0 10 0 0 cm q 16 0 0 24 0 0 cm /Im0 Do Q Q"],
)
def test_a_scan_gives_its_picture_byte_for_byte(content: bytes) -> None:
    assert list(drawn(scan(content, pages=2))) == [JPEG, JPEG]


MORE: list[tuple[str, dict[str, bytes]]] = [
    ("a stamp as an annotation", {"more": b"/Annots[<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]>>]"}),
    ("turned", {"more": b"/Rotate 90"}),
    ("cut", {"more": b"/CropBox[0 0 80 240]"}),
    ("another unit", {"more": b"/UserUnit 2"}),
    ("words on it", {"content": PAGE + b"BT /F 12 Tf 20 20 Td (sua) Tj ET"}),
    ("a line through it", {"content": PAGE + b"0 0 m 160 240 l S"}),
    ("twice", {"content": PAGE + PAGE}),
    ("upside down", {"content": b"q 160 0 0 -240 0 240 cm /Im0 Do Q"}),
    ("leaning", {"content": b"q 160 9 0 240 0 0 cm /Im0 Do Q"}),
    ("smaller than the page", {"content": b"q 100 0 0 150 0 0 cm /Im0 Do Q"}),
    ("larger than the page", {"content": b"q 320 0 0 480 0 0 cm /Im0 Do Q"}),
    ("colours turned round", {"image": IMAGE + b"/Decode[1 0 1 0 1 0]"}),
    ("a mask", {"image": IMAGE + b"/Mask[0 9 0 9 0 9]"}),
    ("other colours than it says", {"image": IMAGE.replace(b"RGB", b"Gray")}),
    ("another size than it says", {"image": IMAGE.replace(b"24", b"48")}),
    ("a camera's note how to turn it", {"jpeg": EXIF}),
]


@pytest.mark.parametrize("changes", [each for _, each in MORE], ids=[name for name, _ in MORE])
def test_a_page_that_is_more_than_one_picture_is_drawn(changes: dict[str, bytes]) -> None:
    (picture,) = drawn(scan(**changes))  # type: ignore[arg-type]
    assert min(dots(picture)) > 100


def test_what_is_drawn_is_as_large_as_the_page_at_150_dots_an_inch() -> None:
    (picture,) = drawn(scan(PAGE + b"0 0 m 160 240 l S"))
    assert dots(picture) == (333, 500)


def test_a_page_that_says_it_is_five_metres_long_is_drawn_on_a3() -> None:
    (picture,) = drawn(scan(PAGE + b"0 0 m 9 9 l S", box=b"7000 14400"))
    wide, high = dots(picture)
    assert (wide, high) == (1206, 2480)


def test_there_is_an_end_to_drawing_and_none_to_scans(monkeypatch: pytest.MonkeyPatch) -> None:
    heavy = scan(PAGE + b"0 0 m 160 240 l S", pages=3)
    monkeypatch.setattr(drawing, "MOST_DRAWN", 2)
    with pytest.raises(TooHeavy):
        list(drawn(heavy))
    assert len(list(drawn(scan(pages=3)))) == 3
    monkeypatch.setattr(drawing, "MOST_DRAWN", 100)
    monkeypatch.setattr(drawing, "MOST_BYTES", 1_000)
    with pytest.raises(TooHeavy):
        list(drawn(heavy))
    assert len(list(drawn(scan(pages=5)))) == 5


@pytest.mark.parametrize(
    "pdf", [b"%PDF-", b"%PDF-1.4\n%%EOF", scan()[:300], scan().replace(b"/Count 1", b"/Count 9")]
)
def test_a_pdf_that_is_broken_is_told_so(pdf: bytes) -> None:
    with pytest.raises(ValueError, match=r"no readable PDF|page"):
        list(drawn(pdf))


@pytest.mark.parametrize("broken", [b"", b"\xff\xd8", b"\xff\xd8\xff\xc0\x00\x11\x08", JPEG[:60], b"\x89PNG" * 9])
def test_a_jpeg_that_ends_before_its_frame_says_nothing(broken: bytes) -> None:
    assert frame(JPEG) == (24, 16, 3)
    assert frame(broken) is None


def test_a_certified_copy_of_pdfs_is_archival_and_keeps_nothing_of_them() -> None:
    active = scan(PAGE + b"BT /F 12 Tf 20 20 Td (sua) Tj ET", more=b"/AA<</O<</S/JavaScript/JS(app.alert\\(1\\))>>>>")
    told = {"scans": [{"media_type": "application/pdf", "pages": pages} for pages in (1, 2)], "title": "Bản sao"}
    made = Typst().pdf("ban-sao-chung-thuc", told, {"scan-0": active, "scan-1": scan(pages=2)})
    assert archival_faults(made) == []
    read = PdfReader(io.BytesIO(made))
    pictures = [each for each in everything(read) if each.get("/Subtype") == "/Image"]
    assert (len(read.pages), {each["/Filter"] for each in pictures}) == (4, {"/DCTDecode", "/FlateDecode"})
    assert JPEG in made and b"JavaScript" not in made
    assert {"6.5 /JS", "6.6 does not say that it is PDF/A-2b", "6.2.3 no output intent of RGB"} <= set(
        archival_faults(active)
    )
