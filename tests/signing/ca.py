"""Keys for tests: a small authority on disk, behind the real adapter, with a clock that a test moves."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from asn1crypto.crl import CertificateList

from motcua.base.adapters.typesetting import Typst
from motcua.signing.adapters.configured import ConfiguredKeys
from motcua.signing.adapters.pkcs12 import FileKey, plain
from motcua.signing.adapters.time_stamps import OwnTimeStamps
from motcua.signing.development import Authority, Made, write
from motcua.signing.ports import Trust

Result = TypeVar("Result")

AGENCIES = {"H99.101": "Ủy ban nhân dân phường Hoa Sen", "H99.102": "Ủy ban nhân dân phường Hoa Mai"}
PEOPLE = {
    "chutich.hoasen": ("Bùi Quang Vinh", AGENCIES["H99.101"]),
    "chutich.hoamai": ("Dương Thị Ngọc", AGENCIES["H99.102"]),
}


class Clock:
    """A clock that stands where it is put."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def signing_keys(folder: Path, at: datetime) -> ConfiguredKeys:
    """Keys of two agencies and their chairs (PIN: development.PIN), made into a new folder below ``folder``.

    Bind them with ``bind(Keys, signing_keys(tmp_path, noon))``; time-stamps say ``at``.
    """
    return ConfiguredKeys(write(folder / "dev-ca", AGENCIES, PEOPLE, at=at), Clock(at))


def in_a_loop(work: Callable[[], Result]) -> Result:
    """What ``work`` gives where a loop runs: in a thread of its own, for browser tests leave theirs running in ours."""

    async def inside() -> Result:
        return work()

    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(lambda: asyncio.run(inside())).result()


@dataclass
class Ca:
    """An authority in memory: what it issues, and the trust in it."""

    at: datetime
    clock: Clock
    authority: Authority
    stamps: OwnTimeStamps

    @classmethod
    def made(cls, at: datetime) -> "Ca":
        """A new one, a year old at ``at``."""
        authority, clock = Authority(at - timedelta(days=365)), Clock(at)
        return cls(at, clock, authority, OwnTimeStamps(key(authority.stamper()), clock))

    def trust(self, crl_at: datetime | None = None, life: timedelta = timedelta(days=3650)) -> Trust:
        """Its root, its list and its time-stamps."""
        crl = CertificateList.load(self.authority.revoked(crl_at or self.at - timedelta(days=300), life))
        return Trust((plain(self.authority.root.certificate),), (), (crl,), self.stamps)

    def key(self, trust: Trust | None = None, **issued: tuple[datetime, datetime]) -> FileKey:
        """A key to sign with, issued now."""
        made = self.authority.signer("Bùi Quang Vinh", AGENCIES["H99.101"], **issued)
        return replace(key(made), trust=self.trust() if trust is None else trust)


def key(made: Made) -> FileKey:
    """What was issued, as a key that is unlocked."""
    return FileKey(plain(made.certificate), (), Trust(), Path("nowhere"), made.private)


def document(words: str = "Giấy này chứng nhận điều ghi ở đây.") -> bytes:
    """A result as it is printed: PDF/A by typst."""
    return Typst().pdf("ket-qua", {"number": "12/GCN", "title": "Giấy chứng nhận", "body": words,
                                   "issued_at": "2026-11-10T09:00:00+07:00"})  # fmt: skip
