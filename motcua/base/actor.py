"""Who acts. Every action takes ``by=Actor``; the fact it records carries ``actor.ref``."""

from dataclasses import dataclass, field

from motcua.base.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or the system at the moment of an act.

    ``ref`` is ``"citizen:<uuid>"``, ``"officer:<uuid>"`` or ``"system"``. An officer acts from one post: ``agency`` is
    the id of that agency as text, ``roles`` are the roles held there. A citizen has the single role ``"citizen"``.
    ``stands_in_for`` are the ids of absent officers whose work there the actor does meanwhile; ``lent`` are the roles
    held for that time only, each with the id of the officer they belong to.
    """

    ref: str
    name: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    agency: str = ""
    stands_in_for: frozenset[str] = frozenset()
    lent: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> str:
        return self.ref.partition(":")[0]

    @property
    def id(self) -> str:
        return self.ref.partition(":")[2]

    def must_have(self, roles: frozenset[str] | set[str]) -> None:
        """Raise `Forbidden` unless at least one of ``roles`` is held."""
        if not self.roles & roles:
            raise Forbidden("wrong_role", needed=sorted(roles), held=sorted(self.roles))

    @property
    def own_roles(self) -> frozenset[str]:
        """The roles held in the actor's own right, not in place of somebody absent."""
        return self.roles - dict(self.lent).keys()

    def acts_for(self, roles: frozenset[str], officer: str = "") -> str:
        """The id of the absent officer in whose place a move is made, empty when in the actor's own right.

        ``officer`` is to whom the work was given, ``roles`` are those that may do it.
        """
        if officer in self.stands_in_for:
            return officer
        if roles & self.own_roles:
            return ""
        return next((whose for role, whose in self.lent if role in roles), "")

    def must_be_at(self, agency: str) -> None:
        """Raise `Forbidden` unless the actor's post is at ``agency``."""
        if self.agency != agency:
            raise Forbidden("wrong_agency")


SYSTEM = Actor("system", "Hệ thống", frozenset({"system"}))


def citizen(citizen_id: object, name: str = "") -> Actor:
    """The actor for a signed-in citizen."""
    return Actor(f"citizen:{citizen_id}", name, frozenset({"citizen"}))
