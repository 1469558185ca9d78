"""Everything of a dossier as one ZIP file, written while it is sent: never more of it in memory than one piece."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as now_

from motcua.base import files
from motcua.base.errors import NotFound
from motcua.base.ledger import Row
from motcua.base.worktime import local
from motcua.catalogue.queries import plan
from motcua.dossiers.models import Standing
from motcua.dossiers.queries import papers_of
from motcua.printing import declarations, letters, receipts
from motcua.results.models import Result
from motcua.sites.frame.templatetags.frame import moment
from motcua.sites.portal.names import safe_name
from motcua.sites.portal.timeline import happened

PIECE = 64 * 1024


@dataclass(frozen=True)
class Entry:
    """One file of the bundle; its content is made or opened when its turn comes."""

    name: str
    content: Callable[[], Iterable[bytes]]


@dataclass
class Pipe:
    """What `zipfile` writes to: a place that can't be sought in, emptied after every piece."""

    held: list[bytes] = field(default_factory=list)

    def write(self, piece: bytes, /) -> int:
        """Keep a piece until it is sent."""
        self.held.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back here."""

    def close(self) -> None:
        """Nothing is open here."""

    def drained(self) -> bytes:
        """All that was written since the last time."""
        found = b"".join(self.held)
        self.held.clear()
        return found


def entries(standing: Standing, facts: list[Row], result: Result | None) -> list[Entry]:
    """What belongs in the bundle, in reading order: declaration, receipt, letters, papers, result, what happened."""
    found = [Entry("to-khai.pdf", lambda: [declarations.declaration(standing)])]
    if standing.received_at:
        found.append(Entry("giay-tiep-nhan.pdf", lambda: [receipts.receipt(standing)]))
    found += [_letter(standing, each) for each in letters.letters_in(facts)]
    found += _papers(standing)
    if result and result.handed_over_at and result.file_id:
        found.append(Entry(f"ket-qua/{safe_name(result.number)}.pdf", _reader(result.file_id)))
    told = story(standing, facts).encode()  # now, while the request's language is spoken
    return [*found, Entry("dien-bien.txt", lambda: [told])]


def zipped(bundle: list[Entry], at: datetime) -> Iterator[bytes]:
    """The bytes of the ZIP, ended by an index with the SHA-256 of every file in it.

    Stored, not squeezed: PDFs and pictures are so already.
    """
    pipe, index = Pipe(), list[str]()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for entry in bundle:
            digest = hashlib.sha256()
            with archive.open(_info(entry.name, at), "w") as out:
                for piece in entry.content():
                    digest.update(piece)
                    out.write(piece)
                    yield pipe.drained()
            index.append(f"{digest.hexdigest()}  {entry.name}\n")
        archive.writestr(_info("muc-luc-sha256.txt", at), "".join(index))
    yield pipe.drained()


def story(standing: Standing, facts: list[Row]) -> str:
    """What happened, as the page tells it, in plain text."""
    lines = [f"{standing.dossier.code}: {plan(standing.dossier.edition_id).definition.name.vi}", ""]
    for item in happened(facts, standing):
        when = moment(item["at"]) if item.get("at") else ""
        lines.append(" · ".join(filter(None, (when, item["title"], item.get("who", ""), item.get("text", "")))))
    return "\r\n".join(lines) + "\r\n"


def _letter(standing: Standing, each: letters.Letter) -> Entry:
    name = f"van-ban/{each.fact.seq:03d}-mau-{each.form}.pdf"
    return Entry(name, lambda: [letters.letter(standing, each.form, each.fact.seq)])


def _papers(standing: Standing) -> list[Entry]:
    """The files that were filed, each under the code of its paper; the number keeps equal names apart."""
    found = []
    for number, each in enumerate(papers_of(standing.dossier), 1):
        ending = files.ACCEPTED.get(each.file.media_type, "bin")
        label = safe_name(each.label.rpartition(".")[0] or each.label)
        found.append(Entry(f"giay-to/{number:02d}-{safe_name(each.paper)}-{label}.{ending}", _reader(each.file_id)))
    return found


def _reader(sha256: str) -> Callable[[], Iterable[bytes]]:
    """The pieces of a kept file; one that the storage has lost says so in its place, the rest is still sent."""

    def pieces() -> Iterator[bytes]:
        try:
            file = files.open_file(sha256)
        except NotFound:
            yield now_("Không đọc được tệp này.").encode()
            return
        with file:
            while piece := file.read(PIECE):
                yield piece

    return pieces


def _info(name: str, at: datetime) -> zipfile.ZipInfo:
    here = local(at)
    return zipfile.ZipInfo(name, (here.year, here.month, here.day, here.hour, here.minute, here.second))
