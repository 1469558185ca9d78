"""The dossier that a page is about, if the person may see it: its filer, or somebody whom the filer authorised."""

from datetime import datetime

from motcua.base.errors import NotFound
from motcua.dossiers import actions, queries
from motcua.dossiers.actions.moving import must_reach
from motcua.dossiers.models import Standing
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor, represents

PURPOSE = "mandate"


def reached(who: Citizen, code: str, *, at: datetime) -> Standing:
    """The dossier; the look of an authorised person is recorded, once a day, and the filer sees it.

    Raises `NotFound` ``dossier_unknown``, also for somebody else's.
    """
    standing, by = queries.standing_by_code(code), citizen_actor(who)
    must_reach(standing, by, at=at)
    if not is_filer(standing, who):
        actions.look(standing.dossier_id, PURPOSE, by=by, at=at)
    return standing


def own(who: Citizen, code: str) -> Standing:
    """The dossier that the person filed. Raises `NotFound` ``dossier_unknown``, also for one authorised to see."""
    standing = queries.standing_by_code(code)
    if not is_filer(standing, who):
        raise NotFound("dossier_unknown")
    return standing


def is_filer(standing: Standing, who: Citizen) -> bool:
    """Whether the matter is the person's own, or an organisation's that is represented (`must_reach` made sure of that),
    rather than one that the filer authorised for."""
    whose = standing.dossier.organisation
    return represents(who.id, whose) if whose else standing.dossier.filed_by_id == who.id
