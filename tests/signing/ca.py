"""Keys for tests: a small authority on disk, behind the real adapter, with a clock that a test moves."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import yaml
from asn1crypto.crl import CertificateList

from motcua.base.adapters.typesetting import Typst
from motcua.base.wires import bind, provider
from motcua.signing.adapters.configured import ConfiguredKeys
from motcua.signing.adapters.pkcs12 import FileKey, plain
from motcua.signing.adapters.time_stamps import OwnTimeStamps
from motcua.signing.development import PIN, SIGNING, Authority, Made, kept, write
from motcua.signing.ports import Keys, Trust

Result = TypeVar("Result")

AGENCIES = {"H99.101": "Ủy ban nhân dân phường Hoa Sen", "H99.102": "Ủy ban nhân dân phường Hoa Mai"}
PEOPLE = {
    "chutich.hoasen": ("Bùi Quang Vinh", AGENCIES["H99.101"]),
    "chutich.hoamai": ("Dương Thị Ngọc", AGENCIES["H99.102"]),
}


WARD, CHAIRMAN = "H99.101", "chutich.hoasen"
WARD_NAME, CHAIRMAN_NAME = AGENCIES[WARD], PEOPLE[CHAIRMAN][0]


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


@dataclass
class Ring:
    """A folder with a signing.yaml, and the authority behind it: certificates come and end when a test says so."""

    folder: Path
    authority: Authority
    noon: datetime

    @classmethod
    def made(cls, folder: Path, noon: datetime) -> "Ring":
        ring = cls(folder, Authority(noon - timedelta(days=365)), noon)
        stamper = ring.authority.stamper()
        for name, content in {
            "signing.yaml": SIGNING.encode(), "root.pem": ring.authority.root.pem(), "agencies.secret": b"agency",
            "tsa.p12": stamper.pkcs12("tsa"), "tsa.secret": b"tsa",
        }.items():  # fmt: skip
            kept(folder / name, content)
        ring.publish_list(noon - timedelta(days=300))
        return ring

    def agency(self, code: str = WARD, name: str = WARD_NAME, until: datetime | None = None) -> None:
        """Give an agency a certificate, in place of any it had."""
        made = self.authority.signer(name, name, until and (self.authority.since, until))
        self.put(f"agencies/{code}.p12", made.pkcs12("agency"))

    def person(self, login: str = CHAIRMAN, name: str = CHAIRMAN_NAME, until: datetime | None = None) -> None:
        """Give a person a certificate, in place of any he or she had."""
        made = self.authority.signer(name, WARD_NAME, until and (self.authority.since, until))
        self.put(f"people/{login}.p12", made.pkcs12(PIN))
        self.put(f"people/{login}.pem", made.pem())
        self.last = made

    def remote(self, url: str, secret: str, login: str = CHAIRMAN) -> None:
        """Let the key of a person be at a remote signing service."""
        self.person(login)
        self.put("service.secret", secret.encode())
        told = {"services": {"far": {"url": url, "ca_name": "far", "secret_file": "service.secret"}}, "people": {
            login: {"certificate": f"people/{login}.pem", "service": "far", "user": login}}}  # fmt: skip
        self.put("signing.yaml", yaml.safe_dump(yaml.safe_load(SIGNING) | told).encode())
        self.bind()

    def publish_list(self, at: datetime) -> None:
        self.put("root.crl", self.authority.revoked(at))

    def put(self, name: str, content: bytes) -> None:
        (self.folder / name).unlink(missing_ok=True)
        kept(self.folder / name, content)

    def bind(self) -> None:
        bind(Keys, ConfiguredKeys(self.folder / "signing.yaml", Clock(self.noon)))  # type: ignore[type-abstract]

    @staticmethod
    def bound() -> Keys:
        found: Keys = provider(Keys)  # type: ignore[type-abstract]
        return found


def key(made: Made) -> FileKey:
    """What was issued, as a key that is unlocked."""
    return FileKey(plain(made.certificate), (), Trust(), Path("nowhere"), made.private)


def document(words: str = "Giấy này chứng nhận điều ghi ở đây.") -> bytes:
    """A result as it is printed: PDF/A by typst."""
    return Typst().pdf("ket-qua", {"number": "12/GCN", "title": "Giấy chứng nhận", "body": words,
                                   "issued_at": "2026-11-10T09:00:00+07:00"})  # fmt: skip
