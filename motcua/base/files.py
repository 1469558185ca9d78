"""Files kept once by the SHA-256 of their content. The name a person gave is a label elsewhere, never a path.

What a file is, is read from its first bytes; what a scanner refuses is never kept. Storage is Django's default storage:
a folder by default, an S3 bucket when one is set.
"""

import hashlib
import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import IO, Protocol

import puremagic
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.models import StoredFile
from motcua.base.wires import provider

ACCEPTED = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "image/webp": "webp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}
# Office documents are zip archives, told apart by what is in them; any other archive is refused, and so are macros.
ARCHIVE = b"PK"
INSIDE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MACROS = "vbaproject.bin"


class Scanner(Protocol):
    """Looks for harmful content. ``fault`` is the name of what was found, empty when clean.

    Raises `Refused` ``scanner_unreachable`` when it can't tell: unknown is not clean.
    """

    def fault(self, content: IO[bytes]) -> str: ...


def store(chunks: Iterable[bytes], *, at: datetime) -> StoredFile:
    """Keep a file; the same content is kept once.

    Effects: writes to the storage, then a row. Raises `Invalid` ``file_empty``, ``file_too_large``,
    ``file_type_refused`` or `Refused` ``file_harmful``; nothing is kept then.
    """
    with tempfile.SpooledTemporaryFile(max_size=1024 * 1024) as content:
        sha256, size = _spool(chunks, content)
        known = StoredFile.objects.filter(sha256=sha256).first()
        if known:
            return known
        media_type = _sniff(content)
        content.seek(0)
        if harm := provider(Scanner).fault(content):
            raise Refused("file_harmful", found=harm)
        _write(sha256, content)
        stored, _ = StoredFile.objects.get_or_create(
            sha256=sha256, defaults={"size": size, "media_type": media_type, "stored_at": at}
        )
        return stored


def open_file(sha256: str) -> IO[bytes]:
    """The content, for reading. Raises `NotFound` ``file_missing``."""
    try:
        found: IO[bytes] = default_storage.open(path_of(sha256))
        return found
    except FileNotFoundError as missing:
        raise NotFound("file_missing", sha256=sha256) from missing


def keep(content: bytes, media_type: str, *, at: datetime) -> StoredFile:
    """Keep a file that this house made itself (a result, a slip): no sniffing, no scanning."""
    sha256 = hashlib.sha256(content).hexdigest()
    with tempfile.SpooledTemporaryFile() as file:
        file.write(content)
        _write(sha256, file)
    stored, _ = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": len(content), "media_type": media_type, "stored_at": at}
    )
    return stored


def path_of(sha256: str) -> str:
    """Where the storage keeps it; the first four digits spread the files over folders."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _spool(chunks: Iterable[bytes], content: IO[bytes]) -> tuple[str, int]:
    sha256, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > settings.MAX_FILE_BYTES:
            raise Invalid("file_too_large", limit_mb=settings.MAX_FILE_BYTES // 1024 // 1024)
        sha256.update(chunk)
        content.write(chunk)
    if not size:
        raise Invalid("file_empty")
    return sha256.hexdigest(), size


def _sniff(content: IO[bytes]) -> str:
    content.seek(0)
    found: list[str] = []
    if content.read(2) == ARCHIVE:
        found = _sniff_archive(content)
    else:
        content.seek(0)
        with suppress(puremagic.PureError, ValueError):
            found = [match.mime_type for match in puremagic.magic_stream(content)]
    for media_type in found:
        if media_type in ACCEPTED:
            return media_type
    raise Invalid("file_type_refused", found=found[0] if found else "", accepted=sorted(ACCEPTED.values()))


def _sniff_archive(content: IO[bytes]) -> list[str]:
    """What the archive is by the names in its directory; nothing is unpacked. A broken one is nothing we know."""
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError):
        return ["application/zip"]
    if "[Content_Types].xml" not in names or any(name.lower().endswith(MACROS) for name in names):
        return ["application/zip"]
    return [media_type for name, media_type in INSIDE.items() if name in names] or ["application/zip"]


def _write(sha256: str, content: IO[bytes]) -> None:
    content.seek(0)
    if not default_storage.exists(path_of(sha256)):
        default_storage.save(path_of(sha256), File(content))
