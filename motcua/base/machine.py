"""State machines as tables. A row is a move; buttons, API, documentation and tests are read from the same rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from motcua.base.actor import Actor
from motcua.base.errors import DefinitionError, Forbidden, Refused


@dataclass(frozen=True, slots=True)
class Move:
    """One row: ``verb`` takes a thing from any of ``sources`` to ``target`` when done by one of ``roles``.

    An empty ``target`` means the state stays. ``label`` is what the button says, in Vietnamese.
    """

    verb: str
    sources: frozenset[str]
    target: str
    roles: frozenset[str]
    label: str


def move(verb: str, sources: str, target: str, roles: str, label: str) -> Move:
    """A row written compactly: ``sources`` and ``roles`` are words separated by blanks."""
    return Move(verb, frozenset(sources.split()), target, frozenset(roles.split()), label)


@dataclass(frozen=True)
class Machine:
    """A checked table of moves over ``states``; ``start`` is where a thing begins, ``final`` are left by nobody.

    Raises `DefinitionError` when a row names an unknown state, a state can't be reached, or a state that is not
    final is never left.
    """

    states: frozenset[str]
    start: str
    final: frozenset[str]
    moves: tuple[Move, ...]
    _by_verb: dict[str, list[Move]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for row in self.moves:
            self._by_verb.setdefault(row.verb, []).append(row)
        problems = [*self._unknown_states(), *self._unreachable(), *self._dead_ends()]
        if problems:
            raise DefinitionError(problems)

    def __iter__(self) -> Iterator[Move]:
        return iter(self.moves)

    def row(self, verb: str, state: str) -> Move:
        """The row for ``verb`` from ``state``; raises `Refused` ``wrong_state`` when there is none."""
        if verb not in self._by_verb:
            raise Refused("unknown_move", verb=verb)
        for row in self._by_verb[verb]:
            if state in row.sources:
                return row
        raise Refused("wrong_state", verb=verb, state=state)

    def check(self, verb: str, state: str, by: Actor) -> Move:
        """The row, after its roles were checked against ``by``. Raises `Refused` or `Forbidden`."""
        row = self.row(verb, state)
        if not by.roles & row.roles:
            raise Forbidden("wrong_role", verb=verb, needed=sorted(row.roles), held=sorted(by.roles))
        return row

    def open_to(self, state: str, roles: Iterable[str]) -> list[Move]:
        """The rows that somebody with ``roles`` may use from ``state``, in the table's order."""
        held = frozenset(roles)
        return [row for row in self.moves if state in row.sources and row.roles & held]

    def _unknown_states(self) -> list[str]:
        named = {(row.verb, name) for row in self.moves for name in (*row.sources, row.target) if name}
        return [f"{verb}: unknown state {name}" for verb, name in sorted(named) if name not in self.states]

    def _unreachable(self) -> list[str]:
        reached, grew = {self.start}, True
        while grew:
            found = {row.target for row in self.moves if row.target and row.sources & reached} - reached
            reached |= found
            grew = bool(found)
        return [f"state {name} is never reached" for name in sorted(self.states - reached)]

    def _dead_ends(self) -> list[str]:
        left = {name for row in self.moves if row.target for name in row.sources if row.target != name}
        return [f"state {name} is never left" for name in sorted(self.states - left - self.final)]
