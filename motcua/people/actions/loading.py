"""Agencies and demo people from data files, plain values already read. Loading again changes only what changed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from motcua.base.actor import SYSTEM
from motcua.base.errors import NotFound
from motcua.people import rules
from motcua.people.actions.agencies import NewAgency, change_agency, create_agency, merge
from motcua.people.actions.citizens import (
    Person,
    name_representative,
    register_citizen,
    register_organisation,
    verify_identity,
)
from motcua.people.actions.officers import appoint, take_on
from motcua.people.models import Account, Agency, Membership, Officer, Organisation, Post
from motcua.people.states import DECLARED

Entry = Mapping[str, Any]
PERSON = ("full_name", "identity_number", "birth_date", "gender", "phone", "email", "address", "ethnicity")


@transaction.atomic
def load_agencies(entries: Iterable[Entry], *, at: datetime) -> dict[str, int]:
    """Load agencies (the shape of data/agencies.yaml), parents before children; counts what was new or changed.

    Raises as `create_agency` and `merge`; nothing is loaded then.
    """
    told: Counter[str] = Counter()
    for entry in entries:
        agency = _load_agency(entry, told, at)
        for ended in entry.get("merged", ()):
            _load_merged(ended, agency, told, at)
    return dict(told)


def _load_agency(entry: Entry, told: Counter[str], at: datetime) -> Agency:
    agency = Agency.objects.filter(code=rules.agency_code(entry["code"]), valid_from=entry["since"]).first()
    if agency is None:
        told["agencies_new"] += 1
        return create_agency(_new_agency(entry), by=SYSTEM, at=at)
    new = _new_agency(entry)
    wanted = {"name": new.name, "name_en": new.name_en, "fields": list(new.fields), "one_stop": new.one_stop}
    changed = change_agency(agency, wanted, by=SYSTEM, at=at)
    told["agencies_changed" if changed else "agencies_unchanged"] += 1
    return agency


def _new_agency(entry: Entry) -> NewAgency:
    return NewAgency(
        code=entry["code"],
        name=entry["name"]["vi"],
        name_en=entry["name"].get("en", ""),
        level=entry["level"],
        parent=_named(entry["parent"]) if entry.get("parent") else None,
        valid_from=entry["since"],
        one_stop=entry.get("one_stop", entry["level"] == "centre"),
        fields=tuple(entry.get("fields", ())),
        old_codes=tuple((old["code"], old["until"]) for old in entry.get("old_codes", ())),
    )


def _named(code: str) -> Agency:
    """The agency that a file names by the last code it has, whatever its code was when the entry began."""
    found = Agency.objects.filter(code=rules.agency_code(code)).order_by("-valid_from").first()
    if found is None:
        raise NotFound("agency_unknown", agency=code)
    return found


def _load_merged(entry: Entry, into: Agency, told: Counter[str], at: datetime) -> None:
    """An agency that went up into ``into`` after its last day; it had the same level and parent."""
    if Agency.objects.filter(code=rules.agency_code(entry["code"]), successor=into).exists():
        told["agencies_unchanged"] += 1
        return
    parent = into.parent.code if into.parent else None
    old = create_agency(_new_agency({"level": into.level, "parent": parent, **entry}), by=SYSTEM, at=at)
    merge(old, into, on=entry["until"] + timedelta(days=1), by=SYSTEM, at=at)
    told["agencies_new"] += 1


@transaction.atomic
def load_people(data: Entry, *, at: datetime) -> dict[str, int]:
    """Load demo accounts (the shape of data/people.yaml); a login that exists is left alone but for new posts.

    All share one password and one hash of it: for a demo, never for a real node. Agencies must be there already.
    """
    told: Counter[str] = Counter()
    hashed = make_password(data["password"])
    for entry in data.get("citizens", ()):
        _load_citizen(entry, hashed, told, at)
    for entry in data.get("organisations", ()):
        _load_organisation(entry, told, at)
    for entry in data.get("officers", ()):
        _load_officer(entry, hashed, told, at)
    return dict(told)


def _account(entry: Entry, hashed: str, at: datetime) -> Account | None:
    """A new account for the entry, None when there is one."""
    login = rules.login_name(entry["login"])
    if Account.objects.filter(login=login).exists():
        return None
    return Account.objects.create(login=login, password=hashed, created_at=at)


def _load_citizen(entry: Entry, hashed: str, told: Counter[str], at: datetime) -> None:
    account = _account(entry, hashed, at)
    told["citizens_new" if account else "citizens_unchanged"] += 1
    if account is None:
        return
    person = Person(**{name: entry[name] for name in PERSON if name in entry})
    who = register_citizen(person, account=account, by=SYSTEM, at=at)
    if entry.get("verified", DECLARED) != DECLARED:
        verify_identity(who, person.identity_number, level=entry["verified"], by=SYSTEM, at=at)


def _load_organisation(entry: Entry, told: Counter[str], at: datetime) -> None:
    found = Organisation.objects.filter(tax_code=rules.check_tax_code(entry["tax_code"])).first()
    told["organisations_unchanged" if found else "organisations_new"] += 1
    found = found or register_organisation(
        entry["tax_code"], entry["name"], entry.get("address", ""), by=SYSTEM, at=at
    )
    citizen = Account.objects.get(login=rules.login_name(entry["representative"])).citizen
    if not Membership.objects.filter(organisation=found, citizen=citizen).exists():
        name_representative(found, citizen, by=SYSTEM, at=at)


def _load_officer(entry: Entry, hashed: str, told: Counter[str], at: datetime) -> None:
    account = _account(entry, hashed, at)
    told["officers_new" if account else "officers_unchanged"] += 1
    if account is not None:
        officer = take_on(account, entry["full_name"], entry.get("title", ""), by=SYSTEM, at=at)
    else:
        officer = Officer.objects.get(account__login=rules.login_name(entry["login"]))
    for place in entry["posts"]:
        agency = _named(place["agency"])
        for role in place["roles"]:
            _load_post(officer, agency, role, at)


def _load_post(officer: Officer, agency: Agency, role: str, at: datetime) -> None:
    """A post since the agency began, unless the officer has or had it."""
    since: date = agency.valid_from
    if not Post.objects.filter(officer=officer, agency=agency, role=role).exists():
        appoint(officer, agency, role, since=since, by=SYSTEM, at=at)
