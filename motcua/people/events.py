"""Facts about people. Ids only: no name, number or address of a person ever enters the ledger."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CitizenSignedUp:
    citizen: str
    account: str


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """``fields`` are the names of what was changed, never the values."""

    citizen: str
    fields: list[str]


@dataclass(frozen=True, slots=True)
class IdentityVerified:
    citizen: str
    level: int


@dataclass(frozen=True, slots=True)
class IdentityReleased:
    """A number that was only claimed was taken away from the claimant, because its holder showed the card."""

    citizen: str


@dataclass(frozen=True, slots=True)
class PasswordChanged:
    account: str


@dataclass(frozen=True, slots=True)
class OrganisationRegistered:
    organisation: str


@dataclass(frozen=True, slots=True)
class RepresentativeNamed:
    organisation: str
    citizen: str


@dataclass(frozen=True, slots=True)
class RepresentativeEnded:
    organisation: str
    citizen: str


@dataclass(frozen=True, slots=True)
class AgencyCreated:
    agency: str
    code: str


@dataclass(frozen=True, slots=True)
class AgencyChanged:
    agency: str
    fields: list[str]


@dataclass(frozen=True, slots=True)
class AgencyRecoded:
    agency: str
    old_code: str
    code: str
    on: str


@dataclass(frozen=True, slots=True)
class AgencyMerged:
    agency: str
    successor: str
    on: str


@dataclass(frozen=True, slots=True)
class AgencyRestored:
    """A re-organisation was undone: the agency is again what it was."""

    agency: str


@dataclass(frozen=True, slots=True)
class AgencyRemoved:
    agency: str
    successor: str


@dataclass(frozen=True, slots=True)
class OfficerTakenOn:
    officer: str


@dataclass(frozen=True, slots=True)
class OfficerAppointed:
    officer: str
    agency: str
    role: str
    valid_from: str


@dataclass(frozen=True, slots=True)
class SubstituteNamed:
    """Stream ``officer:<absent>``. Why he or she is away stays out: it may be an illness."""

    substitution: str
    substitute: str
    agency: str
    valid_from: str
    valid_until: str


@dataclass(frozen=True, slots=True)
class SubstitutionEnded:
    substitution: str


@dataclass(frozen=True, slots=True)
class CitizenLookedUp:
    """An officer asked for a citizen by identity number; ``citizen`` is empty when nobody was found."""

    citizen: str
    agency: str
    purpose: str


@dataclass(frozen=True, slots=True)
class PostEnded:
    officer: str
    agency: str
    role: str
    valid_until: str
