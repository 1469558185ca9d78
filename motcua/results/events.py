"""Facts of a result, stream ``result:<id>``. Plain values; of people only ids of officers and what certificates say."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issued:
    """``sha256``: of whose it is, what it gives and until when (`rules.said`); None before there was one."""

    number: str
    reference: str
    kind: str
    agency: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class SignatureAsked:
    """The document is ready to be signed, by ``officer`` or (empty) by the agency's certificate alone."""

    number: str
    officer: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SignatureGiven:
    """``officer`` is asked from now on in place of ``former``, who can't sign."""

    number: str
    officer: str
    former: str
    reason: str


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody read the document ``sha256`` or what the registry holds; stream ``look-result:…``, once is enough."""

    result: str
    sha256: str
    purpose: str


@dataclass(frozen=True, slots=True)
class SignatureRefused:
    """A try to sign failed for the reason ``code``; told once for the same reason."""

    number: str
    code: str


@dataclass(frozen=True, slots=True)
class PinWrong:
    """An officer's key was not opened; stream ``pin:<officer>``."""

    officer: str


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature on the document: whose certificate (``serial``), which ``profile`` (B-B, B-LT)."""

    number: str
    signer: str
    serial: str
    profile: str


@dataclass(frozen=True, slots=True)
class Documented:
    """The PDF exists; from now on the number verifies."""

    number: str
    sha256: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    number: str


@dataclass(frozen=True, slots=True)
class Suspended:
    number: str
    reason: str
    decision: str


@dataclass(frozen=True, slots=True)
class Resumed:
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Revoked:
    """``decision`` is the number of the decision that takes it back."""

    number: str
    reason: str
    decision: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """``by`` is the number of the result that stands in its place."""

    number: str
    reason: str
    by: str
