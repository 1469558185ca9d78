"""Citizens and the organisations they stand for."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from motcua.base import ledger
from motcua.base.actor import Actor, citizen
from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.base.text import clean, fold
from motcua.base.worktime import local
from motcua.people import events, rules
from motcua.people.actions.signing_in import open_account
from motcua.people.models import Account, Citizen, Membership, Organisation
from motcua.people.states import CARD_SEEN, DECLARED, GENDERS, VERIFICATIONS

AT_THE_COUNTER = frozenset({"reception", "administrator", "system"})
# Once the State has checked them, these come from the State and are not typed over.
IDENTIFYING = ("full_name", "identity_number", "birth_date", "gender")


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody says about himself or herself; empty is unknown. ``gender``: male, female or empty."""

    full_name: str
    identity_number: str = ""
    birth_date: date | None = None
    gender: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    nationality: str = "Việt Nam"
    ethnicity: str = ""


@transaction.atomic
def sign_up(login: str, password: str, person: Person, *, at: datetime) -> Citizen:
    """Open an account for oneself: nobody is signed in yet, so the fact is the new citizen's own.

    Raises `Invalid` ``profile_invalid`` with ``fields`` (field → code of what is wrong), ``login_malformed``,
    ``password_weak``; `Refused` ``login_taken``, ``identity_number_taken``. What was said is not
    verified by it.
    """
    known = _checked(asdict(person), at)
    account = open_account(login, password, at=at)
    who = _store(Citizen(account=account), known)
    signed_up = events.CitizenSignedUp(str(who.id), str(account.id))
    ledger.append(f"citizen:{who.id}", [signed_up], by=citizen(who.id), at=at)
    return who


@transaction.atomic
def register_citizen(person: Person, *, account: Account | None = None, by: Actor, at: datetime) -> Citizen:
    """A citizen entered at the counter, usually without an account. Raises as `sign_up`, and `Forbidden`."""
    by.must_have(AT_THE_COUNTER)
    who = _store(Citizen(account=account), _checked(asdict(person), at))
    signed_up = events.CitizenSignedUp(str(who.id), str(account.id) if account else "")
    ledger.append(f"citizen:{who.id}", [signed_up], by=by, at=at)
    return who


@transaction.atomic
def change_profile(who: Citizen, changes: Mapping[str, Any], *, by: Actor, at: datetime) -> list[str]:
    """Change what differs; returns the names of what was changed (none: nothing is written).

    Only the citizen himself may. Raises `Forbidden` ``not_yours``, `Refused` ``profile_verified`` for
    what the State has verified, `Invalid` ``field_unknown`` and as `sign_up`.
    """
    if by.ref != f"citizen:{who.id}":
        raise Forbidden("not_yours")
    if unknown := sorted(set(changes) - set(Person.__dataclass_fields__)):
        raise Invalid("field_unknown", names=unknown)
    who = Citizen.objects.select_for_update().get(id=who.id)
    before = {name: getattr(who, name) for name in Person.__dataclass_fields__}
    after = _checked({**before, "identity_number": before["identity_number"] or "", **changes}, at)
    changed = sorted(name for name in before if before[name] != after[name])
    if who.verification != DECLARED and (locked := [name for name in changed if name in IDENTIFYING]):
        raise Refused("profile_verified", fields=locked)
    if changed:
        _store(who, after)
        ledger.append(f"citizen:{who.id}", [events.ProfileChanged(str(who.id), changed)], by=by, at=at)
    return changed


@transaction.atomic
def verify_identity(who: Citizen, number: str, *, level: int = CARD_SEEN, by: Actor, at: datetime) -> None:
    """The card was seen at the counter, or the national identity service answered: the number is this
    citizen's.

    A number that somebody else had merely claimed is taken from that claimant, so nobody can keep a
    stranger's number. Raises `Invalid` ``identity_number_…``, ``verification_unknown``; `Refused`
    ``identity_number_taken`` when another verified citizen holds it.
    """
    by.must_have(AT_THE_COUNTER)
    if level not in VERIFICATIONS or level == DECLARED:
        raise Invalid("verification_unknown", level=level)
    identity = rules.check_identity_number(number, birth_date=who.birth_date, gender=who.gender)
    _release(identity.number, who, by, at)
    who.identity_number, who.verification = identity.number, level
    who.save(update_fields=["identity_number", "verification"])
    ledger.append(f"citizen:{who.id}", [events.IdentityVerified(str(who.id), level)], by=by, at=at)


@transaction.atomic
def register_organisation(tax_code: str, name: str, address: str = "", *, by: Actor, at: datetime) -> Organisation:
    """Add an organisation.

    Raises `Invalid` ``tax_code_…``, ``organisation_name_missing``, `Refused` ``tax_code_taken``.
    """
    by.must_have(AT_THE_COUNTER)
    written = clean(name)
    if not written:
        raise Invalid("organisation_name_missing")
    found = Organisation(
        tax_code=rules.check_tax_code(tax_code),
        name=written,
        folded_name=fold(written),
        address=clean(address),
    )
    try:
        with transaction.atomic():
            found.save(force_insert=True)
    except IntegrityError:
        raise Refused("tax_code_taken") from None
    registered = events.OrganisationRegistered(str(found.id))
    ledger.append(f"organisation:{found.id}", [registered], by=by, at=at)
    return found


@transaction.atomic
def name_representative(
    organisation: Organisation, who: Citizen, *, legal: bool = True, by: Actor, at: datetime
) -> Membership:
    """``who`` may act for the organisation; ``legal``: as its only representative by law, in place of an
    earlier one.

    Effects: an earlier legal representative may act for it no more, unless named again. Raises `Forbidden`.
    """
    by.must_have(AT_THE_COUNTER)
    Organisation.objects.select_for_update().get(id=organisation.id)
    former = Membership.objects.filter(organisation=organisation, legal=True).exclude(citizen=who) if legal else ()
    for each in former:
        ended = events.RepresentativeEnded(str(organisation.id), str(each.citizen_id))
        ledger.append(f"organisation:{organisation.id}", [ended], by=by, at=at)
        each.delete()
    member, _ = Membership.objects.update_or_create(organisation=organisation, citizen=who, defaults={"legal": legal})
    named = events.RepresentativeNamed(str(organisation.id), str(who.id))
    ledger.append(f"organisation:{organisation.id}", [named], by=by, at=at)
    return member


def _checked(said: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The written form of everything said. Raises `Invalid` ``profile_invalid`` with every field that is wrong."""
    known: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    today = local(at).date()
    for name, check in CHECKS.items():
        try:
            known[name] = check(said, today)
        except Invalid as found:
            wrong[name] = found.code
    if wrong:
        raise Invalid("profile_invalid", fields=wrong)
    return known


def _name(said: Mapping[str, Any], _today: date) -> str:
    name = clean(said["full_name"])
    if not any(char.isalpha() for char in name):
        raise Invalid("full_name_missing")
    return _short(name, 200)


def _number(said: Mapping[str, Any], today: date) -> str | None:
    if not said["identity_number"]:
        return None
    birth, gender = said["birth_date"], said["gender"]
    found = rules.check_identity_number(said["identity_number"], birth_date=birth, gender=gender)
    if found.birth_year > today.year:
        raise Invalid("identity_number_future")
    return found.number


def _birth(said: Mapping[str, Any], today: date) -> date | None:
    birth: date | None = said["birth_date"]
    if birth is not None:
        rules.check_birth_date(birth, today)
    return birth


def _gender(said: Mapping[str, Any], _today: date) -> str:
    if said["gender"] not in ("", *GENDERS):
        raise Invalid("gender_unknown")
    return str(said["gender"])


def _short(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Invalid("text_too_long", longest=longest)
    if not text.isprintable():
        raise Invalid("text_unprintable")
    return text


CHECKS: dict[str, Callable[[Mapping[str, Any], date], Any]] = {
    "full_name": _name,
    "identity_number": _number,
    "birth_date": _birth,
    "gender": _gender,
    "phone": lambda said, _: rules.phone(said["phone"]) if said["phone"] else "",
    "email": lambda said, _: rules.email(said["email"]) if said["email"] else "",
    "address": lambda said, _: _short(clean(said["address"]), 300),
    "nationality": lambda said, _: _short(clean(said["nationality"]), 60),
    "ethnicity": lambda said, _: _short(clean(said["ethnicity"]), 60),
}


def _store(who: Citizen, known: Mapping[str, Any]) -> Citizen:
    for name, value in known.items():
        setattr(who, name, value)
    who.folded_name = fold(who.full_name)
    try:
        with transaction.atomic():
            who.save()
    except IntegrityError as clash:
        if "identity_number" in str(clash):
            raise Refused("identity_number_taken") from None
        raise
    return who


def _release(number: str, holder: Citizen, by: Actor, at: datetime) -> None:
    """Take ``number`` from whoever only claimed it. Raises `Refused` when a verified citizen has it."""
    others = Citizen.objects.select_for_update().filter(identity_number=number).exclude(id=holder.id)
    for other in others:
        if other.verification != DECLARED:
            raise Refused("identity_number_taken")
        other.identity_number = None
        other.save(update_fields=["identity_number"])
        ledger.append(f"citizen:{other.id}", [events.IdentityReleased(str(other.id))], by=by, at=at)
