"""The keys and the trust that the operator's file names (`MOTCUA_SIGNING`, docs/settings.md)."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from asn1crypto import pem
from asn1crypto.crl import CertificateList
from asn1crypto.x509 import Certificate

from motcua.base.errors import Refused
from motcua.signing.adapters import pkcs12
from motcua.signing.adapters.pkcs11 import TokenKey
from motcua.signing.adapters.remote import RemoteKey, Service
from motcua.signing.adapters.time_stamps import HttpTimeStamps, OwnTimeStamps
from motcua.signing.ports import Key, TimeStamps, Trust

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,99}")
SAID = {"trust", "time_stamps", "agencies", "people", "services"}
ANYBODY = "*"  # stands for whoever is not named; {name} in a path is then their code or login


class ConfiguredKeys:
    """The keys of a signing.yaml. Files are named relative to it, and read again when they change.

    Raises ``OSError``, ``ValueError``, ``yaml.YAMLError`` for a file that is none.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self.folder, self.clock = path.resolve().parent, clock
        told = yaml.safe_load(path.read_text()) or {}
        if (
            not isinstance(told, dict)
            or not set(told) <= SAID
            or not all(isinstance(told[each], dict) for each in told)
        ):
            raise ValueError(f"no names but {', '.join(sorted(SAID))}, each with what belongs to it")
        self.told: dict[str, Any] = told
        self._open: dict[Path, tuple[int, pkcs12.FileKey]] = {}

    def of_agency(self, code: str) -> Key | None:
        """The key of an agency, opened with the secret the file names. Raises `Refused` ``key_unavailable``."""
        named = self._named("agencies", code)
        with within_reach():
            return None if named is None else self._agency_key(named)

    def of_person(self, login: str) -> Key | None:
        """The key of a person, locked. Raises `Refused` ``key_unavailable``."""
        named = self._named("people", login)
        with within_reach():
            return None if named is None else self._key(named)

    def trust(self) -> Trust:
        """Roots, lists and the time-stamp authority, as they are on disk now."""
        told = self.told.get("trust", {})
        roots, between = (
            tuple(certificate(self._file(name)) for name in told.get(kind, [])) for kind in ("roots", "intermediates")
        )
        crls = tuple(CertificateList.load(unarmoured(self._file(name))) for name in told.get("crls", []))
        return Trust(roots, between, crls, self._time_stamps)

    @cached_property
    def _time_stamps(self) -> TimeStamps | None:
        told = self.told.get("time_stamps")
        if not told:
            return None
        if "url" in told:
            return HttpTimeStamps(told["url"])
        key = pkcs12.opened(self._file(told["pkcs12"]), self._secret(told), Trust())
        return OwnTimeStamps(key, self.clock)

    def _named(self, kind: str, name: str) -> dict[str, Any] | None:
        """What the file says of somebody; None when it says nothing, or there is no such file."""
        if not NAME.fullmatch(name) or ".." in name:
            return None
        told: dict[str, Any] = self.told.get(kind, {})
        if name in told:
            return dict(told[name])
        if ANYBODY not in told:
            return None
        said = {key: str(value).replace("{name}", name) for key, value in told[ANYBODY].items()}
        return said if self._file(said.get("pkcs12") or said["certificate"]).exists() else None

    def _key(self, named: dict[str, Any]) -> Key:
        """A locked key, wherever it is; its certificate lies beside the file that names it."""
        if "pkcs12" in named:
            path = self._file(named["pkcs12"])
            return pkcs12.FileKey(certificate(path.with_suffix(".pem")), (), self.trust(), path)
        own = certificate(self._file(named["certificate"]))
        if "pkcs11" in named:
            return TokenKey(own, (), self.trust(), named["pkcs11"], named["token"], named["key"])
        service = self.told["services"][named["service"]]
        told = Service(service["url"], service["ca_name"], self._secret(service), service.get("wait_seconds", 120))
        return RemoteKey(own, (), self.trust(), told, named["user"])

    def _agency_key(self, named: dict[str, Any]) -> Key:
        """A key that is open; a file is opened once for each version of it, since that costs a hundred signatures."""
        if "pkcs12" not in named:
            return self._key(named).unlock(self._secret(named) if "pkcs11" in named else "")
        path = self._file(named["pkcs12"])
        changed = path.stat().st_mtime_ns
        if path not in self._open or self._open[path][0] != changed:
            self._open[path] = (changed, pkcs12.opened(path, self._secret(named), Trust()))
        return self._open[path][1].under(self.trust())

    def _file(self, name: str) -> Path:
        return self.folder / name

    def _secret(self, named: dict[str, Any]) -> str:
        """From the environment, or from a file that its owner alone may read."""
        if "secret_env" in named:
            return os.environ[named["secret_env"]]
        path = self._file(named["secret_file"])
        if path.stat().st_mode & 0o077:
            raise Refused("key_file_open_to_others", file=path.name)
        return path.read_text().strip()


@contextmanager
def within_reach() -> Iterator[None]:
    """A key whose file, secret or setting is missing or wrong is one out of reach: one mistake of the operator must not
    stop the worker for all other agencies, nor look like the wrong PIN of an officer."""
    try:
        yield
    except Refused as no:
        raise (Refused("key_unavailable") if no.code == "pin_wrong" else no) from no
    except (OSError, KeyError, ValueError) as problem:
        raise Refused("key_unavailable") from problem


def certificate(path: Path) -> Certificate:
    """A certificate in a file, PEM or DER."""
    return Certificate.load(unarmoured(path))


def unarmoured(path: Path) -> bytes:
    """The bytes of a file, without the letters of PEM around them."""
    read = path.read_bytes()
    return pem.unarmor(read)[2] if pem.detect(read) else read
