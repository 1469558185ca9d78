"""What must hold of all dossiers; `motcua check` runs these and names what does not."""

from collections.abc import Iterator

from django.db import connection

from motcua.dossiers.states import MACHINE, State

TIPS = """
SELECT d.code, s.seq, coalesce(f.seq, 0) FROM dossiers_standing s JOIN dossiers_dossier d ON d.id = s.dossier_id
LEFT JOIN LATERAL (
  SELECT seq, hash FROM base_fact WHERE stream = 'dossier:' || s.dossier_id ORDER BY seq DESC LIMIT 1
) f ON true
WHERE f.seq IS DISTINCT FROM s.seq OR f.hash IS DISTINCT FROM s.tip
"""
STATES = """
SELECT d.code, s.state, f.data->>'to' FROM dossiers_standing s JOIN dossiers_dossier d ON d.id = s.dossier_id
JOIN LATERAL (
  SELECT data FROM base_fact WHERE stream = 'dossier:' || s.dossier_id AND data ? 'to' ORDER BY seq DESC LIMIT 1
) f ON true
WHERE f.data->>'to' <> s.state
"""
COUNTS = """
SELECT a.agency, a.state, coalesce(t.count, 0), a.n
FROM (SELECT agency_id AS agency, state, count(*) AS n FROM dossiers_standing GROUP BY 1, 2) a
FULL JOIN dossiers_tally t USING (agency, state)
WHERE coalesce(t.count, 0) <> coalesce(a.n, 0)
"""


def check_tips() -> Iterator[str]:
    """Every dossier's last fact is the one its standing ends with: no fact was cut off the end of a stream."""
    for code, stands, found in _rows(TIPS):
        yield f"{code}: standing ends at fact {stands}, the ledger at {found}"


def check_states() -> Iterator[str]:
    """Every dossier stands where its facts say."""
    for code, stands, told in _rows(STATES):
        yield f"{code}: stands at {stands}, its facts say {told}"


def check_counts() -> Iterator[str]:
    """The counts on the desk equal a recount, once every fact was read."""
    for agency, state, counted, recounted in _rows(COUNTS):
        yield f"agency {agency}, {state}: counted {counted}, recounted {recounted}"


def check_machine() -> Iterator[str]:
    """The table of moves names every state."""
    named = {state for row in MACHINE for state in (*row.sources, row.target) if state}
    for state in State:
        if state not in named:
            yield f"state {state} stands in no move"


def _rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())
