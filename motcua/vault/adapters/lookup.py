"""A register asked over HTTP in the shape of the national file vault's look-up (domain facts, "Vault lookup").

The published shape has no owner in its answer. Where one is told it must be the one that was asked about; where none
is, every document must at least be of a kind that was asked for (docs/vault.md tells what that assumes).
"""

from http.client import HTTPException
from typing import Any, cast
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

import msgspec
import orjson

from motcua.base.text import clean
from motcua.vault.ports import Document, Question, RegisterFailed

WAIT_SECONDS = 5
MOST_BYTES = 2_000_000  # of an answer; a file may have as many as any file


class File(msgspec.Struct):
    """One file of a document."""

    TenTep: str
    DuongDan: str


class Paper(msgspec.Struct):
    """One document as it is told."""

    MaKetQua: str
    TenGiayTo: str
    SoKyHieu: str
    CoQuanChuQuan: str
    DanhSachTepDinhKem: list[File]
    SoDinhDanhChuSoHuu: str = ""


class Answer(msgspec.Struct):
    """What comes back."""

    DanhSachGiayToKetQua: list[Paper]
    SoDinhDanhChuSoHuu: str = ""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_told: Any) -> None:
        """Nobody is followed to a place that the operator did not name."""


class Lookup:
    """A register at ``address``; its files are taken from the same place alone. ``token`` goes with each request."""

    def __init__(self, address: str, token: str = "", most_file_bytes: int | str = 20_000_000) -> None:
        """Raises ``ValueError`` for an address that is none, or a number that is none."""
        if urlsplit(address).scheme not in {"http", "https"}:
            raise ValueError(f"not an address: {address}")
        self.address, self.most_file_bytes = address, int(most_file_bytes)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.open: OpenerDirector = build_opener(_NoRedirect)

    def find(self, question: Question) -> list[Document]:
        """What the holder has of the kinds asked for; raises `RegisterFailed` for an answer about anybody else."""
        asked = {
            "SoDinhDanhChuSoHuu": question.holder, "HoTenNguoiYeuCau": question.asker_name,
            "KenhThucHien": question.channel, "SoDinhDanhNguoiYeuCau": question.asker,
            "MaThuTuc": question.procedure,
            "DanhSachDanhMucKetQua": [{"MaKetQua": kind, "SoKyHieu": ""} for kind in question.kinds],
        }  # fmt: skip
        raw = self._sent(Request(self.address, orjson.dumps(asked), self._json(), method="POST"), MOST_BYTES)
        try:
            answer = msgspec.json.decode(raw, type=Answer)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as garbage:
            raise RegisterFailed("garbage") from garbage
        owners = {answer.SoDinhDanhChuSoHuu, *(each.SoDinhDanhChuSoHuu for each in answer.DanhSachGiayToKetQua)}
        if owners - {"", question.holder}:
            raise RegisterFailed("about somebody else")
        if question.kinds and {each.MaKetQua for each in answer.DanhSachGiayToKetQua} - set(question.kinds):
            raise RegisterFailed("what nobody asked for")
        return [document for each in answer.DanhSachGiayToKetQua for document in self._documents(each)]

    def fetch(self, address: str) -> bytes:
        """The file; raises `RegisterFailed` for an address elsewhere, and for one that is too large."""
        try:
            whole = urljoin(self.address, address)
            elsewhere = urlsplit(whole)[:2] != urlsplit(self.address)[:2]
        except ValueError:
            raise RegisterFailed("no address") from None
        if elsewhere:
            raise RegisterFailed("elsewhere")
        return self._sent(Request(whole, headers=self.headers), self.most_file_bytes)

    def _documents(self, told: Paper) -> list[Document]:
        kind, title, number, agency = map(_short, (told.MaKetQua, told.TenGiayTo, told.SoKyHieu, told.CoQuanChuQuan))
        if not (title and number):
            raise RegisterFailed("without a name or number")
        return [Document(kind, title, number, agency, _short(file.TenTep), file.DuongDan[:2000])
                for file in told.DanhSachTepDinhKem[:1]]  # fmt: skip

    def _json(self) -> dict[str, str]:
        return {"Content-Type": "application/json", **self.headers}

    def _sent(self, request: Request, most: int) -> bytes:
        try:
            with self.open.open(request, timeout=WAIT_SECONDS) as answer:
                found = cast(bytes, answer.read(most + 1))
        except (OSError, ValueError, HTTPException) as broken:
            raise RegisterFailed(type(broken).__name__) from broken
        if len(found) > most:
            raise RegisterFailed("too much")
        return found


def _short(text: str) -> str:
    return clean(text.replace("\x00", ""))[:300]
