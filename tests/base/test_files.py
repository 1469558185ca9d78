"""Files: kept once by content, judged by content, refused whole."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from socketserver import StreamRequestHandler, ThreadingUnixStreamServer
from tempfile import TemporaryDirectory
from threading import Thread
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage

from motcua.base import files
from motcua.base.adapters.scanners import ClamAV, SignatureScanner
from motcua.base.errors import NotFound, Refused
from motcua.base.models import StoredFile
from motcua.base.wires import bind

PDF = b"%PDF-1.4\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: object, settings: object) -> None:
    settings.STORAGES = {  # type: ignore[attr-defined]
        **settings.STORAGES,  # type: ignore[attr-defined]
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


def test_a_file_is_kept_once_under_its_hash_and_comes_back(noon: datetime) -> None:
    first = files.store([PDF[:4], PDF[4:]], at=noon)
    assert files.store([PDF], at=noon) == first
    assert (first.media_type, first.size, len(first.sha256)) == ("application/pdf", len(PDF), 64)
    assert files.open_file(first.sha256).read() == PDF
    assert default_storage.exists(f"{first.sha256[:2]}/{first.sha256[2:4]}/{first.sha256}")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ([], "file_empty"),
        ([b""], "file_empty"),
        ([b"MZ\x90\x00" + b"\0" * 100], "file_type_refused"),
        ([b"<html><script>alert(1)</script></html>"], "file_type_refused"),
        ([b"GIF89a"], "file_type_refused"),
        ([PDF + b"x" * 1024] * (20 * 1024 + 1), "file_too_large"),
        ([PDF, EICAR], "file_harmful"),
        ([PDF, b"x" * (1024 * 1024 - len(PDF) - 20), EICAR], "file_harmful"),  # over the edge of a chunk
    ],
)
def test_what_is_empty_huge_harmful_or_of_a_wrong_kind_is_refused_and_not_kept(
    noon: datetime, content: list[bytes], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        files.store(content, at=noon)
    assert StoredFile.objects.count() == 0


def test_the_type_is_sniffed_from_the_content(noon: datetime) -> None:
    assert files.store([PNG], at=noon).media_type == "image/png"


def test_a_missing_file_is_said_to_be_missing() -> None:
    with pytest.raises(NotFound, match="file_missing"):
        files.open_file("0" * 64)


class Daemon(StreamRequestHandler):
    """As much of the ClamAV daemon as speaks INSTREAM: sized chunks in, a verdict out."""

    def handle(self) -> None:
        command = self.rfile.read(len(b"nINSTREAM\n"))
        content = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            content += self.rfile.read(size)
        found = b"Eicar-Signature FOUND" if EICAR in content else b"OK"
        self.wfile.write(b"stream: " + found + (b"\n" if command.startswith(b"n") else b"\0"))


@pytest.fixture(params=["signature", "clamav"])
def scanner(request: pytest.FixtureRequest) -> Iterator[files.Scanner]:
    """Every provider behind the port: the conformance test below runs for each."""
    if request.param == "signature":
        yield SignatureScanner()
        return
    with TemporaryDirectory() as folder, ThreadingUnixStreamServer(f"{folder}/clamd", Daemon) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield ClamAV(f"{folder}/clamd")
        server.shutdown()


def test_every_scanner_finds_the_test_string_and_passes_a_clean_file(scanner: files.Scanner) -> None:
    assert scanner.fault(BytesIO(PDF)) == ""
    assert scanner.fault(BytesIO(PDF * 5000)) == ""
    assert scanner.fault(BytesIO(PDF + EICAR)) != ""


def test_a_scanner_that_does_not_answer_refuses_the_file(noon: datetime, tmp_path: object) -> None:
    bind(files.Scanner, ClamAV(f"{tmp_path}/nobody.sock"))
    try:
        with pytest.raises(Refused, match="scanner_unreachable"):
            files.store([PDF], at=noon)
    finally:
        bind(files.Scanner, SignatureScanner())
    assert StoredFile.objects.count() == 0


def archive(*names: str) -> bytes:
    """A zip archive with these files in it."""
    made = BytesIO()
    with ZipFile(made, "w") as inside:
        for name in names:
            inside.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(("main", "ending"), [("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")])
def test_an_office_document_is_known_by_what_is_in_it(main: str, ending: str, noon: datetime) -> None:
    stored = files.store([archive("[Content_Types].xml", main)], at=noon)
    assert files.ACCEPTED[stored.media_type] == ending


@pytest.mark.parametrize(
    "content",
    [
        archive("virus.exe"),
        archive("META-INF/MANIFEST.MF", "Main.class"),
        archive("word/document.xml"),
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04" + b"\0" * 60,
    ],
    ids=["programs", "a jar", "no list of contents", "macros", "broken"],
)
def test_any_other_archive_is_refused_and_not_kept(content: bytes, noon: datetime) -> None:
    with pytest.raises(Refused) as no:
        files.store([content], at=noon)
    assert no.value.code == "file_type_refused"
    assert StoredFile.objects.count() == 0
