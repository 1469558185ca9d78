"""Form 07 of Thông tư 03/2025/TT-VPCP: the register of an agency, a book for every field and year, a line a dossier.

A line is made at reception and completed by the facts that follow; nobody writes in it. Numbers run through the year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.base.errors import Refused
from motcua.base.wires import provider
from motcua.base.worktime import local
from motcua.catalogue.definition import Text
from motcua.catalogue.queries import plans
from motcua.dossiers.models import RETURNS, Dossier, Standing
from motcua.people.models import Agency
from motcua.printing.queries import PAGE, Book, Key, entries, lines_before
from motcua.printing.receipts import must_be_received
from motcua.printing.words import ENDED
from motcua.printing.workbook import Column, workbook
from motcua.results.letterhead import heading
from motcua.results.ports import Typesetter

MOST_IN_PDF, MOST_IN_EXCEL = 1_000, 10_000  # a longer book is taken month by month
COLUMNS = (
    Column("STT", 6), Column("Mã hồ sơ", 22), Column("Thủ tục hành chính", 40), Column("Chủ hồ sơ", 26),
    Column("Địa chỉ, số điện thoại", 34), Column("Cơ quan chủ trì giải quyết", 32), Column("Nhận hồ sơ", 17),
    Column("Hẹn trả kết quả", 17), Column("Trả kết quả", 17), Column("Phương thức nhận kết quả", 22),
    Column("Ký nhận", 20),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register. ``returned`` is when the result was handed over, ``way`` how (a key of ``RETURNS``)."""

    number: int
    key: Key
    code: str
    procedure: Text
    owner: str
    contact: str
    agency: str
    due: datetime | None
    returned: datetime | None
    way: str
    state: str

    @property
    def received(self) -> datetime:
        """When the dossier was received."""
        return self.key.received_at

    @property
    def signed(self) -> bool:
        """Whether no signature is needed any more: what went to the person's account was taken there."""
        return self.returned is not None and self.way == "online"


def lines(book: Book, *, after: Key | None = None, limit: int = PAGE) -> list[Line]:
    """Lines of the book behind ``after``. At most three queries: the lines, what stands before, editions unread yet."""
    found = entries(book, after=after, limit=limit)
    if not found:
        return []
    first = lines_before(book, _key(found[0])) if after or book.month else 0
    named = plans({standing.dossier.edition_id for standing in found})
    return [
        _line(number, standing, named[standing.dossier.edition_id].definition.name)
        for number, standing in enumerate(found, first + 1)
    ]


def register_pdf(book: Book, field: str, agency: Agency, *, at: datetime) -> tuple[bytes, int]:
    """The book as PDF, and how many lines it has. Raises `Refused` ``register_too_long`` past `MOST_IN_PDF` lines."""
    rows = [[_shown(cell) for cell in cells(line)] for line in _all(book, MOST_IN_PDF)]
    told = {"field": field, "year": str(book.year), "month": str(book.month or ""), "rows": rows}
    printed = f"{local(at):%H:%M %d/%m/%Y}"
    return provider(Typesetter).pdf("so-theo-doi", {**heading(agency, at), **told, "printed": printed}), len(rows)


def register_excel(book: Book, field: str, agency: Agency, *, at: datetime) -> tuple[bytes, int]:
    """The book as Excel, and how many lines it has. Raises `Refused` ``register_too_long`` past `MOST_IN_EXCEL`."""
    rows = [cells(line) for line in _all(book, MOST_IN_EXCEL)]
    when = f"tháng {book.month}/{book.year}" if book.month else f"năm {book.year}"
    return workbook(f"Sổ theo dõi hồ sơ, lĩnh vực {field}, {when}, {agency.name}", COLUMNS, rows, at=at), len(rows)


def cells(line: Line) -> list[str | int | datetime | None]:
    """A line as the form has it, in the order of `COLUMNS`."""
    return [
        line.number, line.code, line.procedure.vi, line.owner, line.contact, line.agency, line.received, line.due,
        line.returned or ENDED.get(line.state, ""), RETURNS[line.way], "Nhận trực tuyến" if line.signed else "",
    ]  # fmt: skip


def _all(book: Book, most: int) -> Sequence[Line]:
    found = lines(book, limit=most + 1)
    if len(found) > most:
        raise Refused("register_too_long", limit=most)
    return found


def _key(standing: Standing) -> Key:
    return Key(must_be_received(standing), standing.dossier_id)


def _line(number: int, standing: Standing, procedure: Text) -> Line:
    dossier, how = standing.dossier, getattr(standing, "how", None)
    return Line(
        number=number,
        key=_key(standing),
        code=dossier.code,
        procedure=procedure,
        owner=dossier.owner_name,
        contact=_contact(dossier),
        agency=standing.agency.name,
        due=standing.due_at,
        returned=getattr(standing, "handed_over", None),
        way=how if how in RETURNS else dossier.return_by,
        state=standing.state,
    )


def _contact(dossier: Dossier) -> str:
    """Address and telephone of the owner; the address is known only of an owner who filed in person."""
    filer = dossier.filed_by
    own = filer is not None and not dossier.on_behalf_of and filer.full_name == dossier.owner_name
    address = filer.address if filer and own else ""
    return ", ".join(part for part in (address, dossier.owner_phone) if part)


def _shown(cell: str | int | datetime | None) -> str:
    if isinstance(cell, datetime):
        return f"{local(cell):%H:%M %d/%m/%Y}"
    return "" if cell is None else str(cell)
