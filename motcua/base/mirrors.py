"""Rows beside the facts that made them: what `motcua check` compares, one statement for each table of the kind.

A mirror names a table and the facts that write it, and for each column what the facts say of it. Three things can be
wrong: a row without its fact, a fact without its row, a row that says something else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db import connection, transaction

AGGREGATES = ("sum(", "coalesce(", "max(")
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Mirror:
    """``key`` tells a row of ``rows`` (a table or a statement in brackets) from the others, ``of`` the same from a fact.

    ``same``: columns that are fields of the fact; ``columns``: by name, what a row and what a fact says, in SQL. Of
    several facts the last that says something counts, unless the expression aggregates by itself. NULL is "not told" (a
    fact of an older version has fewer fields) and agrees with anything. ``only`` picks facts; after a fact of
    ``ended`` there is no row.
    """

    what: str
    rows: str
    key: str
    facts: str
    same: str = ""
    columns: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    of: str = "stream"
    only: str = "true"
    ended: str = ""

    @property
    def compared(self) -> dict[str, tuple[str, str]]:
        """Every column by name: what a row says, what a fact says."""
        return {each: (each, f"data->>'{each}'") for each in self.same.split()} | dict(self.columns)


def differences(*mirrors: Mirror) -> Iterator[str]:
    """Name every row and fact that do not agree; reads as it goes, so a table may be large."""
    for mirror in mirrors:
        with transaction.atomic(), connection.chunked_cursor() as cursor:
            cursor.execute(_statement(mirror), [mirror.facts.split() + mirror.ended.split(), mirror.ended.split()])
            while found := cursor.fetchmany(CHUNK):
                for key, no_row, no_fact, *pairs in found:
                    yield _named(mirror, key, no_row, no_fact, pairs)


def _named(mirror: Mirror, key: str, no_row: bool, no_fact: bool, pairs: list[str | None]) -> str:
    if no_row or no_fact:
        return f"{mirror.what} {key}: " + ("told by its facts and not there" if no_row else "no fact tells of it")
    cells = zip(mirror.compared, (says or "" for says in pairs[::2]), pairs[1::2], strict=True)
    wrong = [f"{name} is {says!r}, its facts say {told!r}" for name, says, told in cells if told not in {None, says}]
    return f"{mirror.what} {key}: " + "; ".join(wrong)


def _statement(mirror: Mirror) -> str:
    both = list(mirror.compared.values())
    count = range(len(both))
    says = ", ".join(f"({row})::text AS c{n}" for n, (row, _) in enumerate(both))
    facts = ", ".join(f"({_last(told)})::text AS c{n}" for n, (_, told) in enumerate(both))
    pairs = ", ".join(f"r.c{n}, t.c{n}" for n in count)
    differ = " OR ".join(["r.key IS NULL", "t.key IS NULL", *(f"t.c{n} <> coalesce(r.c{n}, '')" for n in count)])
    return f"""
WITH r AS (SELECT ({mirror.key})::text AS key, {says} FROM {mirror.rows}),
t AS (
  SELECT ({mirror.of})::text AS key, {facts} FROM base_fact
  WHERE name = ANY(%s) AND {mirror.only} GROUP BY 1 HAVING (array_agg(name ORDER BY seq DESC))[1] <> ALL(%s)
)
SELECT coalesce(r.key, t.key), r.key IS NULL, t.key IS NULL, {pairs} FROM r FULL JOIN t ON r.key = t.key
WHERE {differ} ORDER BY 1
"""


def _last(told: str) -> str:
    if told.startswith(AGGREGATES):
        return told
    return f"(array_agg({told} ORDER BY seq DESC) FILTER (WHERE ({told}) IS NOT NULL))[1]"
