"""Every read about people worth a name. The day comes in as ``on`` (a local date), never from the clock."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from motcua.base.actor import Actor, citizen
from motcua.base.errors import Forbidden, NotFound
from motcua.base.text import fold, slug
from motcua.people import rules
from motcua.people.models import (
    Account,
    Agency,
    AgencyCode,
    Citizen,
    Membership,
    Officer,
    Organisation,
    Post,
    Substitution,
)

# From the lowest level up: who decides, listed by field of work, and who does when nobody lists the field.
DECIDING = {
    "commune": ("", "commune"),  # every commune decides what is the commune's
    "province": ("department", "province"),
    "ministry": ("ministry", "ministry"),
    "other": ("department", "province"),
}
GENDER_ANSWERS = {"male": "nam", "female": "nu", "": ""}  # as the forms write them
NEVER_LENT = frozenset({"administrator"})  # who manages the system is named, never stood in for
MERGERS_AT_MOST = 50  # in a row; more is a circle


class Sessions(BaseBackend):
    """Django's way back from a session to an account. Passwords are checked by `actions.sign_in` alone."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Nobody is signed in this way, so no door goes around the rations of `actions.sign_in`."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account of a running session, None when it is closed."""
        return Account.objects.filter(id=user_id, is_active=True).first()


def resolve(code: str, *, on: date) -> Agency:
    """The agency that answers to ``code`` on a day, in either written form; an old code and a merged agency
    lead to who took over.

    Raises `Invalid` ``agency_code_malformed``, `NotFound` ``agency_unknown`` for a code that nobody had
    by then, and ``agency_closed`` for an agency that ended without a successor.
    """
    held = AgencyCode.objects.filter(code=rules.agency_code(code), valid_from__lte=on)
    last = held.select_related("agency").order_by("-valid_from").first()
    if last is None:
        raise NotFound("agency_unknown", agency=code[:40])
    return successor(last.agency, on=on)


def successor(agency: Agency, *, on: date) -> Agency:
    """Who does on the day ``on`` what ``agency`` did: itself, or whoever took over. Raises as `resolve`."""
    for found in heirs(agency):
        if found.valid_until is None or on <= found.valid_until:
            return found
    raise NotFound("agency_closed", agency=agency.code)


def heirs(agency: Agency) -> Iterator[Agency]:
    """The agency and whoever took over from it, one after another. One query for each of those."""
    found: Agency | None = agency
    for _ in range(MERGERS_AT_MOST):
        if found is None:
            return
        yield found
        found = found.successor


def with_predecessors(agency: UUID | str) -> list[UUID]:
    """The agency and all that went into it. One query for each storey."""
    found = storey = [UUID(str(agency))]
    while storey:
        before = Agency.objects.filter(successor__in=storey).exclude(id__in=found)
        found = [*found, *(storey := list(before.values_list("id", flat=True)))]
    return found


def agency_by_id(agency_id: UUID | str) -> Agency:
    """The agency by its id. Raises `NotFound` ``agency_unknown``."""
    try:
        return Agency.objects.get(id=agency_id)
    except (Agency.DoesNotExist, ValidationError):
        raise NotFound("agency_unknown", agency=str(agency_id)[:40]) from None


def must_exist(agency: Agency, *, on: date) -> None:
    """Raise `NotFound` ``agency_closed`` unless the agency exists on the day."""
    if agency.valid_from > on or (agency.valid_until is not None and agency.valid_until < on):
        raise NotFound("agency_closed", agency=agency.code)


def competent_agencies(*, levels: Iterable[str], field: str, on: date, province: UUID | None = None) -> list[Agency]:
    """Who decides a procedure of these ``levels`` in ``field`` (its name or slug), by code; empty:
    nobody here. ``province``: only there.

    The lowest of the levels decides: any commune; else the departments or ministries that list the field, and
    where none does, the province or ministry itself. At most two queries.
    """
    wanted = set(levels)
    level = next((level for level in DECIDING if level in wanted), None)
    if level is None:
        return []
    lists_it, otherwise = DECIDING[level]
    there = Agency.objects.valid(on).order_by("code")
    if province is not None:
        there = there.filter(Q(id=province) | Q(parent=province) | Q(parent__parent=province))
    found = list(there.filter(level=lists_it, fields__contains=[slug(field)])) if lists_it else []
    return found or list(there.filter(level=otherwise))


def agencies(*, on: date, level: str = "") -> list[Agency]:
    """The agencies of a day with their parents loaded, by code; of one ``level`` where given. One query."""
    found = Agency.objects.valid(on).select_related("parent").order_by("code")
    return list(found.filter(level=level) if level else found)


def below(top: Agency, *, on: date) -> list[Agency]:
    """``top`` and every agency under it on a day. One query per storey of the tree."""
    found, storey = [top], [top]
    while storey:
        storey = list(Agency.objects.valid(on).filter(parent__in=storey).exclude(id__in=[a.id for a in found]))
        found += storey
    return found


def citizen_of(account: Account) -> Citizen | None:
    """The citizen who signs in with ``account``, None for an officer's account. One query."""
    return Citizen.objects.filter(account=account).first()


def citizen_actor(who: Citizen) -> Actor:
    """The actor for a citizen."""
    return citizen(who.id, who.full_name)


def citizen_by_number(identity_number: str) -> Citizen:
    """The citizen with this identity number. Raises `Invalid` as the rule does, `NotFound`
    ``citizen_unknown``."""
    found = Citizen.objects.filter(identity_number=rules.check_identity_number(identity_number).number).first()
    if found is None:
        raise NotFound("citizen_unknown")
    return found


def organisations_of(who: Citizen) -> list[Organisation]:
    """The organisations a citizen may act for, by name. One query."""
    return list(Organisation.objects.filter(memberships__citizen=who).order_by("folded_name"))


def must_represent(who: Citizen, organisation_id: UUID) -> Organisation:
    """The organisation, if ``who`` may act for it. Raises `Forbidden` ``not_representative``."""
    found = Membership.objects.filter(citizen=who, organisation=organisation_id).select_related("organisation")
    member = found.first()
    if member is None:
        raise Forbidden("not_representative")
    return member.organisation


def organisation_by_code(tax_code: str) -> Organisation:
    """The organisation with this tax code. Raises `Invalid` as the rule does, `NotFound` ``organisation_unknown``."""
    found = Organisation.objects.filter(tax_code=rules.check_tax_code(tax_code)).first()
    if found is None:
        raise NotFound("organisation_unknown")
    return found


def represents(who: UUID | str | None, organisation: UUID | str) -> bool:
    """Whether this citizen may act for the organisation today. One query."""
    return Membership.objects.filter(citizen=who, organisation=organisation).exists()


def officer_of(account: Account) -> Officer | None:
    """The officer who signs in with ``account``, None for a citizen's account. One query."""
    return Officer.objects.filter(account=account).first()


def posts_of(account: Account, *, on: date) -> list[Post]:
    """The posts held on a day with agency and officer loaded, by agency and role. One query."""
    found = Post.objects.valid(on).filter(officer__account=account, officer__account__is_active=True)
    return list(found.select_related("officer", "agency").order_by("agency__code", "role"))


def actor_for(officer: Officer, agency: Agency, *, on: date) -> Actor:
    """The officer at one desk with the roles held there on a day, and with those of whom he or she stands in for.

    Raises `Forbidden` ``no_post``: a substitute has own work there. One query.
    """
    away = Substitution.objects.running(on).filter(substitute=officer, agency=agency).values("absent")
    mine = Q(officer=officer, officer__account__is_active=True)
    posts = Post.objects.valid(on).filter(mine | Q(officer__in=away), agency=agency).order_by("officer_id")
    held = list(posts.values_list("officer_id", "role"))
    own = frozenset(role for whose, role in held if whose == officer.id)
    if not own:
        raise Forbidden("no_post", agency=agency.name)
    lent = {role: str(whose) for whose, role in held if role not in own | NEVER_LENT}
    away_from = frozenset(str(whose) for whose, _role in held if whose != officer.id)
    roles = own | lent.keys()
    return Actor(
        f"officer:{officer.id}", officer.full_name, roles, str(agency.id), away_from, tuple(sorted(lent.items()))
    )


def staff(agency: Agency, *, on: date) -> list[Officer]:
    """Everybody who holds a post at ``agency`` on a day, by name. One query."""
    held = Post.objects.valid(on).filter(agency=agency, officer__account__is_active=True)
    return _by_name(held)


def substitutions(agency: UUID | str, *, since: date) -> list[Substitution]:
    """Absences at an agency that were not over on the day ``since``, those ended before their time too; two queries
    at most."""
    found = Substitution.objects.filter(agency=agency, valid_until__gte=since)
    return list(found.select_related("absent", "substitute").order_by("valid_from", "id")[:200])


def province_of(agency_id: UUID | str) -> UUID | None:
    """The province whose one-stop desks take in for each other (NĐ 118/2025/NĐ-CP); None outside any. One query."""
    above = Agency.objects.select_related("parent__parent__parent").filter(id=agency_id).first()
    while above is not None and above.level != "province":
        above = above.parent
    return above.id if above else None


def colleagues(agency: Agency, *, role: str, on: date) -> list[Officer]:
    """The officers who hold ``role`` at ``agency`` on a day, by name: to whom a dossier can be assigned."""
    held = Post.objects.valid(on).filter(agency=agency, role=role, officer__account__is_active=True)
    return _by_name(held)


def _by_name(held: QuerySet[Post]) -> list[Officer]:
    return sorted(Officer.objects.filter(id__in=held.values("officer")), key=lambda each: fold(each.full_name))


def prefill_sources(who: Citizen, organisation: Organisation | None = None) -> dict[str, dict[str, str]]:
    """What the State already knows, in the shape forms are prefilled from; unknown things are left out."""
    person = {
        "full_name": who.full_name,
        "identity_number": who.identity_number or "",
        "birth_date": who.birth_date.isoformat() if who.birth_date else "",
        "gender": GENDER_ANSWERS[who.gender],
        "phone": who.phone,
        "email": who.email,
        "address": who.address,
        "nationality": who.nationality,
        "ethnicity": who.ethnicity,
    }
    sources = {"citizen": person}
    if organisation is not None:
        sources["organisation"] = {
            "name": organisation.name,
            "tax_code": organisation.tax_code,
            "address": organisation.address,
        }
    return {name: {key: value for key, value in known.items() if value} for name, known in sources.items()}


def names_of_citizens(ids: Iterable[str]) -> dict[str, str]:
    """The names of citizens by id; one query, none for nobody."""
    wanted = set(ids)
    found = Citizen.objects.filter(id__in=wanted).values_list("id", "full_name") if wanted else ()
    return {str(each): name for each, name in found}
