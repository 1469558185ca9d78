"""What must hold of all opinions; `motcua check` runs this."""

from collections.abc import Iterator

from django.db import connection

COUNTS = """
SELECT d.code, s.opinions_open, s.opinions_agreed, s.opinions_against, o.open, o.agreed, o.against
FROM dossiers_standing s JOIN dossiers_dossier d ON d.id = s.dossier_id
LEFT JOIN LATERAL (
  SELECT count(*) FILTER (WHERE answered_at IS NULL AND withdrawn_at IS NULL) AS open, max(due_at) FILTER (
    WHERE answered_at IS NULL AND withdrawn_at IS NULL) AS until,
    count(*) FILTER (WHERE agrees) AS agreed, count(*) FILTER (WHERE NOT agrees) AS against
  FROM opinions_opinion WHERE dossier_id = s.dossier_id
) o ON true
WHERE s.state NOT IN ('stopped', 'withdrawn') AND (s.opinions_open, s.opinions_agreed, s.opinions_against) <>
  (o.open, o.agreed, o.against) OR s.state NOT IN ('stopped', 'withdrawn') AND s.opinions_until IS DISTINCT FROM o.until
"""


def check_counted() -> Iterator[str]:
    """What a dossier's standing counts of its opinions equals a recount."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        for code, *counts in cursor.fetchall():
            yield f"{code}: counted {counts[:3]} open, agreed, against; recounted {counts[3:]}, or another last date"
