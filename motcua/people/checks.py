"""What should hold among the stored people and agencies. Each check returns one line a finding; none is good."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import F, Q

from motcua.people.models import Agency, AgencyCode, Citizen, Post
from motcua.people.states import DECLARED


def check_agency_tree() -> list[str]:
    """No agency stands under itself, or took over from itself, along any number of steps."""
    rows = list(Agency.objects.values_list("id", "code", "parent_id", "successor_id"))
    codes = {row[0]: row[1] for row in rows}
    above = {"parent": {row[0]: row[2] for row in rows}, "successor": {row[0]: row[3] for row in rows}}
    return [
        f"agency {codes[start]}: its line of {kind}s is a circle"
        for kind, lines in above.items()
        for start in sorted(lines, key=str)
        if _circles(start, lines)
    ]


def _circles(start: UUID, lines: Mapping[UUID, UUID | None]) -> bool:
    seen = {start}
    here = lines[start]
    while here is not None:
        if here in seen:
            return here == start
        seen.add(here)
        here = lines[here]
    return False


def check_codes_overlap() -> list[str]:
    """Every agency has its present code as its last one; a code does not begin before its agency.

    That no two agencies share a code on one day is a constraint of the database.
    """
    early = AgencyCode.objects.filter(valid_from__lt=F("agency__valid_from"))
    found = [f"code {code.code} begins before its agency" for code in early]
    last: dict[UUID, str] = {}
    for code in AgencyCode.objects.order_by("valid_from"):
        last[code.agency_id] = code.code
    for agency in Agency.objects.order_by("code"):
        if last.get(agency.id) != agency.code:
            found.append(f"agency {agency.code}: its last code on record is {last.get(agency.id, 'none')}")
    return found


def check_posts() -> list[str]:
    """No post begins before its agency or outlives it."""
    late = Q(agency__valid_until__isnull=False) & (
        Q(valid_until__isnull=True) | Q(valid_until__gt=F("agency__valid_until"))
    )
    outside = Post.objects.filter(late | Q(valid_from__lt=F("agency__valid_from")))
    return [f"post {post.id}: {post.role} at {post.agency.code} when it did not exist"
            for post in outside.select_related("agency")]  # fmt: skip


def check_verified_citizens() -> list[str]:
    """Whoever is verified has an identity number."""
    nameless = Citizen.objects.filter(identity_number__isnull=True).exclude(verification=DECLARED)
    return [f"citizen {who.id}: verified without a number" for who in nameless]
