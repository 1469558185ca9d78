"""What is seen of a signature on the page: who, which agency, when (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

import io
from dataclasses import dataclass
from datetime import datetime

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import BaseStamp, BaseStampStyle

from motcua.base.wires import provider
from motcua.base.worktime import local
from motcua.signing.certificates import named
from motcua.signing.ports import Drawing

SHEET = "chu-ky"
Box = tuple[int, int, int, int]


def drawn(certificate: Certificate, box: Box, at: datetime) -> BaseStampStyle:
    """A picture as large as the box, with its fonts inside, as PDF/A asks."""
    name, organisation = named(certificate)
    told = {"width": box[2] - box[0], "height": box[3] - box[1], "name": name, "issued_at": at.isoformat(),
            "organisation": "" if organisation == name else organisation,
            "signed_at": f"{local(at):%d/%m/%Y %H:%M:%S} +07:00"}  # fmt: skip
    return _Style(border_width=0, sheet=provider(Drawing).pdf(SHEET, told))


@dataclass(frozen=True)
class _Style(BaseStampStyle):
    sheet: bytes = b""

    def create_stamp(self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, str]) -> "_Stamp":  # noqa: ARG002
        return _Stamp(writer, self, box, self.sheet)


class _Stamp(BaseStamp):
    """The first page of a sheet, put into the box as it is."""

    def __init__(self, writer: BasePdfFileWriter, style: _Style, box: BoxConstraints, sheet: bytes) -> None:
        super().__init__(writer=writer, style=style, box=box)
        self.sheet = sheet

    def render(self) -> bytes:
        """The drawing, by reference."""
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self.sheet)), page_ix=0)
        self.resources.xobject["/Sheet"] = page
        return b"/Sheet Do"
