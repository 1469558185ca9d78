"""Saved worklists: kept under a name, renamed, shared with a role of the agency, thrown away. They record no facts."""

from uuid import UUID

from django.db import transaction

from motcua.base.actor import Actor
from motcua.base.errors import Forbidden, Invalid, NotFound
from motcua.base.text import clean
from motcua.desks.models import SavedView

MOST = 30  # of one officer at one agency; and so many shared with one role there
MAX_NAME = 60
MAX_QUERY = 500


def save_view(name: str, query: str, role: str, *, by: Actor) -> SavedView:
    """Keep a worklist; one of the same name by the same officer is replaced.

    ``query`` is the address of the list, already read by the list's own filters. Raises `Invalid` ``view_name_missing``,
    ``view_too_long``, ``too_many_views``; `Forbidden` ``wrong_role`` for a role the officer does not hold.
    """
    named = _named(name)
    if len(query) > MAX_QUERY:
        raise Invalid("view_too_long", limit=MAX_QUERY)
    if role:
        by.must_have({role})
    with transaction.atomic():
        own = SavedView.objects.select_for_update().filter(agency=by.agency, officer=by.id)
        others = [each for each in own if each.name != named]
        shared = SavedView.objects.filter(agency=by.agency, role=role).exclude(officer=by.id, name=named)
        if len(others) >= MOST or (role and shared.count() >= MOST):
            raise Invalid("too_many_views", limit=MOST)
        found, _ = SavedView.objects.update_or_create(
            agency_id=by.agency, officer_id=by.id, name=named, defaults={"query": query, "role": role}
        )
    return found


def rename_view(view: UUID, name: str, *, by: Actor) -> None:
    """Rename one's own view. Raises `NotFound` ``view_unknown``, `Invalid` as `save_view`, ``view_exists``."""
    named = _named(name)
    with transaction.atomic():
        own = SavedView.objects.select_for_update().filter(agency=by.agency, officer=by.id)
        if own.filter(name=named).exclude(id=view).exists():
            raise Invalid("view_exists", name=named)
        if not own.filter(id=view).update(name=named):
            raise NotFound("view_unknown")


def drop_view(view: UUID, *, by: Actor) -> None:
    """Throw away one's own view; gone already is as good. Raises `Forbidden` ``view_of_other`` for a colleague's."""
    SavedView.objects.filter(id=view, agency=by.agency, officer=by.id).delete()
    if SavedView.objects.filter(id=view).exists():
        raise Forbidden("view_of_other")


def _named(name: str) -> str:
    found = clean(name.replace("\x00", ""))
    if not found or len(found) > MAX_NAME:
        raise Invalid("view_name_missing", limit=MAX_NAME)
    return found
