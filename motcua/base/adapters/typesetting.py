"""PDFs by typst from the templates in ``motcua/base/typesetting``: PDF/A-2b, tagged, same data same bytes."""

import io
import json
import re
import shutil
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import fontpkg_be_vietnam_pro
import segno
import typst
from fontTools.ttLib import TTFont

from motcua.base.adapters.drawing import drawn
from motcua.base.text import HIDDEN

FOLDER = Path(__file__).resolve().parent.parent / "typesetting"
FONTS = fontpkg_be_vietnam_pro.ROOT / "files"
TEMPLATES = frozenset(path.stem for path in FOLDER.glob("*.typ") if not path.stem.startswith("_"))
TOO_LONG, PIECE, MAY_BREAK = (
    re.compile(r"\S{31,}"),
    re.compile(r"\S{1,10}"),
    "\u200b",
)  # what no column is wide enough for
STANDARD, PDF_STARTS = "a-2b", b"%PDF"
UNPRINTABLE = "?"  # stands for a character that the font has no picture of: PDF/A allows no gap


class Typst:
    """The `Typesetter` that works in this process. A template is a name in `TEMPLATES`; what it prints are plain values.

    Values reach a template as JSON and are set as text, never read as markup. ``verify_url`` or ``track_url`` in the
    data becomes the QR code; ``issued_at`` (ISO 8601) the document's date. A compiler is not shared between threads:
    each thread keeps its own, and with it what it compiled before.
    """

    def __init__(self) -> None:
        self._kept = threading.local()

    def pdf(self, template: str, data: dict[str, Any], files: Mapping[str, bytes] | None = None) -> bytes:
        """The document. Raises ``ValueError`` for an unknown template and for one that does not compile.

        ``files`` are pictures and PDFs by name. A template sets a picture into a page as ``/name``, and the pages of a
        PDF as pictures ``/name-1``, ``/name-2`` and so on: nobody can promise PDF/A of pages made elsewhere.
        """
        if template not in TEMPLATES:
            raise ValueError(f"no such template: {template!r}")
        if not files:
            return compiled(self._compiler(), FOLDER / f"{template}.typ", data)
        with beside(files) as folder:
            compiler = typst.Compiler(root=str(folder), font_paths=fonts())
            return compiled(compiler, folder / f"{template}.typ", data)

    def _compiler(self) -> typst.Compiler:
        if not hasattr(self._kept, "compiler"):
            self._kept.compiler = typst.Compiler(root=str(FOLDER), font_paths=fonts())
        compiler: typst.Compiler = self._kept.compiler
        return compiler


def compiled(compiler: typst.Compiler, template: Path, data: dict[str, Any]) -> bytes:
    """The document from one template. Raises ``ValueError`` when it does not compile."""
    address = str(data.get("verify_url") or data.get("track_url") or "")
    told = {**printable(data), "address": address, "qr": qr(address) if address else None}
    try:
        made = compiler.compile(
            input=str(template),
            format="pdf",
            sys_inputs={"data": json.dumps(told)},
            pdf_standards=cast(Any, [STANDARD]),  # the library names each standard in its types
            timestamp=seconds(data.get("issued_at")),
        )
    except typst.TypstError as problem:
        raise ValueError(f"template {template.stem}: {problem}") from problem
    return cast(bytes, made)


@contextmanager
def beside(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with the templates and ``files``, there for one document: a template sees nothing else of the disk."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for template in FOLDER.glob("*.typ"):
            shutil.copyfile(template, folder / template.name)
        for file, content in files.items():
            pages = drawn(content) if content.startswith(PDF_STARTS) else ()
            for number, page in enumerate(pages, 1):
                (folder / f"{Path(file).name}-{number}").write_bytes(page)
            if not pages:
                (folder / Path(file).name).write_bytes(content)
        yield folder


def printable(value: Any) -> Any:
    """The same values with every text as the font can show it: NFC, no control characters but line breaks."""
    if isinstance(value, dict):
        return {str(key): printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [printable(each) for each in value]
    if not isinstance(value, str):
        return value
    text = HIDDEN.sub("", unicodedata.normalize("NFC", value)).replace("\t", " ")
    seen = (char for char in text if char == "\n" or unicodedata.category(char) != "Cc")
    shown = "".join(char if char == "\n" or ord(char) in letters() else UNPRINTABLE for char in seen)
    return TOO_LONG.sub(lambda run: MAY_BREAK.join(PIECE.findall(run.group())), shown)


def qr(address: str) -> str:
    """The QR code of an address as an SVG picture, without the quiet zone: the page around it is white."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()


def seconds(moment: str | None) -> int:
    """An ISO moment as seconds since 1970; 0 where none is given, never the clock: made again, it is the same."""
    return int(datetime.fromisoformat(moment).timestamp()) if moment else 0


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The one family that documents are set in; what the machine has installed changes nothing."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@lru_cache(maxsize=1)
def letters() -> frozenset[int]:
    """The characters the font has pictures of; every weight has the same."""
    with TTFont(FONTS / "BeVietnamPro-Regular.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())
