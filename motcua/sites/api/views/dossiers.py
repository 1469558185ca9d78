"""Reading dossiers: one's own, one, and the worklist of an agency."""

import re

from django.http import HttpRequest, HttpResponse

from motcua.base.errors import Forbidden, Invalid, NotFound
from motcua.base.worktime import DAY_MINUTES
from motcua.credentials import tokens
from motcua.deadlines.queries import calendar_for
from motcua.dossiers import queries
from motcua.dossiers.actions import look
from motcua.dossiers.actions.moving import must_reach
from motcua.dossiers.states import State
from motcua.results.queries import result_for
from motcua.sites.api import asked, shapes, showing
from motcua.sites.api.access import Caller
from motcua.sites.api.describing import operation
from motcua.sites.api.reading import cursor, key_of, query
from motcua.sites.api.service import answer
from motcua.sites.api.views.filing import router  # one address, one router: filing is POST on the same

NEAR_MINUTES = 2 * DAY_MINUTES  # a due date burns two working days before it comes
KEY = re.compile(r"[0-9T:.+\-]{0,40}~[0-9a-f\-]{36}")


@operation(router, "GET", "/dossiers", shapes.Worklist)
def own(request: HttpRequest) -> HttpResponse:
    """The dossiers that you, a citizen, filed: the newest hundred."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    caller.actor.must_have({"citizen"})
    rows = queries.mine(caller.actor.id)
    return answer(shapes.Worklist([showing.waiting(row, soon=None, at=caller.at) for row in rows], None))


@operation(router, "GET", "/dossiers/{code}", shapes.Dossier, headers=("X-Agency", "X-Purpose"))
def one(request: HttpRequest, code: str) -> HttpResponse:
    """A dossier, for its filer or an officer of its agency; others' looks are recorded. ``ETag`` holds ``seq``."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    standing = queries.standing_by_code(code)
    must_reach(standing, caller.actor, at=caller.at)
    if caller.agency or standing.dossier.filed_by_id != (caller.citizen and caller.citizen.id):
        purpose = request.headers.get("X-Purpose", "").strip()[:200] or "program"
        look(standing.dossier_id, purpose, by=caller.actor, at=caller.at)
    return answer(showing.dossier(standing, caller), ETag=f'"{standing.seq}"')


@operation(router, "GET", "/dossiers/{code}/credential", shapes.Credential)
def credential(request: HttpRequest, code: str) -> HttpResponse:
    """The result of a dossier as a credential, for its filer, once it was handed over and while it is in force."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    caller.actor.must_have({"citizen"})
    standing = queries.standing_by_code(code)
    must_reach(standing, caller.actor, at=caller.at)
    found = result_for(standing.dossier.stream)
    if found is None or found.handed_over_at is None:
        raise NotFound("result_unknown")
    return answer(shapes.Credential(tokens.issue(found, at=caller.at)))


@operation(router, "GET", "/worklist", shapes.Worklist, takes=asked.WorklistQuery, headers=("X-Agency",))
def worklist(request: HttpRequest) -> HttpResponse:
    """The open dossiers of your agency, what burns first on top; ``state`` also finds those that have ended."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    if caller.agency is None:
        raise Forbidden("wrong_role")
    given = query(request, asked.WorklistQuery)
    soon = calendar_for(caller.agency.code).add_working_minutes(caller.at, NEAR_MINUTES)
    rows = queries.worklist(caller.actor, filters(given), soon=soon, at=caller.at)
    items = [showing.waiting(row, soon=soon, at=caller.at) for row in rows[: queries.PAGE]]
    more = len(rows) > queries.PAGE
    return answer(shapes.Worklist(items, cursor(queries.page_key(rows[queries.PAGE - 1])) if more else None))


def filters(given: asked.WorklistQuery) -> queries.Filters:
    """The filters as the query knows them. Raises `Invalid` ``body_invalid``, ``cursor_malformed``."""
    if given.state and given.state not in set(State):
        raise Invalid("body_invalid", fields={"state": ", ".join(State)})
    after = key_of(given.after, str) if given.after else ""
    if after and not KEY.fullmatch(after):
        raise Invalid("cursor_malformed")
    return queries.Filters(given.state, given.procedure, given.role, given.mine, given.due, given.text, after)
