"""One verb over many dossiers: each through its ordinary action, in a transaction of its own, each answered for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.base.actor import Actor
from motcua.base.errors import Conflict, Invalid, NotFound, Refused
from motcua.base.models import Fact
from motcua.desks.queries import looked_at
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier

MOST = 200
Act = Callable[..., Any]
# What may be done to many at once, and the fact by which it is known that it was done.
VERBS: dict[str, tuple[str, Act]] = {
    "receive": ("dossiers.received", lambda its, _given, **who: actions.receive(its, **who)),
    "assign": ("dossiers.assigned", lambda its, given, **who: actions.assign(its, given["officer"], **who)),
    "pass_on": (
        "dossiers.passed_on",
        lambda its, given, **who: actions.pass_on(its, given["action"], note=given.get("note", ""), **who),
    ),
    "decide": ("dossiers.decided", lambda its, _given, **who: actions.decide(its, True, **who)),
    "hand_over": ("dossiers.handed_over", lambda its, _given, **who: actions.hand_over(its, **who)),
    "close": ("dossiers.closed", lambda its, given, **who: actions.close(its, note=given.get("note", ""), **who)),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A dossier as the page showed it: ``seen`` is the ``seq`` of its standing there."""

    dossier: UUID
    seen: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one dossier; ``refusal`` None: done. Code and owner are empty for one that is not ours."""

    dossier: UUID
    code: str
    owner: str
    refusal: Refused | None


def bulk(verb: str, chosen: Iterable[Chosen], given: Mapping[str, Any], *, by: Actor, at: datetime) -> list[Outcome]:
    """Do ``verb`` to every dossier chosen, in their order, each on its own; nothing is skipped without a word.

    ``given``: ``officer`` (assign), ``action`` and ``note`` (pass_on), ``note`` (close). A decision grants, and only
    what the officer opened that day: a refusal has its own reason, so it is made on its own page. Sent twice, the
    second finds it done. Raises `Refused` ``unknown_move``, `Invalid` ``too_many_chosen``, ``none_chosen``.
    """
    if verb not in VERBS:
        raise Refused("unknown_move", verb=verb)
    wanted = list({each.dossier: each for each in chosen}.values())
    if not wanted:
        raise Invalid("none_chosen")
    if len(wanted) > MOST:
        raise Invalid("too_many_chosen", limit=MOST, chosen=len(wanted))
    ids = [each.dossier for each in wanted]
    ours = Dossier.objects.filter(id__in=ids, standing__agency=by.agency).values_list("id", "code", "owner_name")
    names = {dossier: (code, owner) for dossier, code, owner in ours}
    seen_today = looked_at(ids, by, at=at) if verb == "decide" else set(ids)
    found = []
    for each in wanted:
        refusal = _refusal(verb, each, given, seen_today, by=by, at=at) if each.dossier in names else _not_ours()
        found.append(Outcome(each.dossier, *names.get(each.dossier, ("", "")), refusal))
    return found


def _refusal(
    verb: str, each: Chosen, given: Mapping[str, Any], looked: set[UUID], *, by: Actor, at: datetime
) -> Refused | None:
    """Do it; why it was not done, None when it was, now or by the same hand a moment ago."""
    fact, act = VERBS[verb]
    try:
        if each.dossier not in looked:
            raise Refused("not_looked_at")
        act(each.dossier, given, by=by, at=at, seen=each.seen)
    except Conflict as clash:
        return None if _done_before(fact, each, by) else clash
    except Refused as no:
        return no
    return None


def _done_before(fact: str, each: Chosen, by: Actor) -> bool:
    """Whether the next fact after what the page showed is this very act of this very officer: it was sent twice."""
    after = Fact.objects.filter(stream=f"dossier:{each.dossier}", seq=each.seen + 1)
    return after.filter(name=fact, actor=by.ref).exists()


def _not_ours() -> Refused:
    return NotFound("dossier_unknown")
