"""Keys for tests: a development authority whose certificates end when a test says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from motcua.base.wires import bind, provider
from motcua.signing.adapters.configured import ConfiguredKeys
from motcua.signing.development import PIN, SIGNING, Authority, kept
from motcua.signing.ports import Keys

WARD, WARD_NAME = "H99.101", "Ủy ban nhân dân phường Hoa Sen"
CHAIRMAN, CHAIRMAN_NAME = "chutich.hoasen", "Bùi Quang Vinh"


@dataclass
class Ring:
    """A folder with a signing.yaml, and the authority behind it."""

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
        bind(Keys, ConfiguredKeys(self.folder / "signing.yaml", lambda: self.noon))  # type: ignore[type-abstract]

    @staticmethod
    def bound() -> Keys:
        found: Keys = provider(Keys)  # type: ignore[type-abstract]
        return found
