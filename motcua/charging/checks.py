"""What must hold between dossiers and their bills, once every fact was read; `motcua check` runs these."""

from collections.abc import Iterator

from django.db import connection

STUCK = """
SELECT d.code FROM dossiers_standing s JOIN dossiers_dossier d ON d.id = s.dossier_id
WHERE s.state = 'paying' AND NOT EXISTS (
  SELECT FROM payments_bill b WHERE b.reference = 'dossier:' || s.dossier_id AND b.purpose = 'final' AND b.state = 'open'
)
"""
LEFT_OPEN = """
SELECT d.code, b.number FROM dossiers_standing s JOIN dossiers_dossier d ON d.id = s.dossier_id
JOIN payments_bill b ON b.reference = 'dossier:' || s.dossier_id AND b.state = 'open'
WHERE s.state IN ('refused', 'withdrawn', 'stopped') AND NOT EXISTS (
  SELECT FROM payments_attempt a WHERE a.bill_id = b.id AND a.state = 'unknown'
)
"""


def check_waits() -> Iterator[str]:
    """Whoever waits for money waits for a bill."""
    for (code,) in _rows(STUCK):
        yield f"{code}: waits for money that no bill asks for"


def check_ended() -> Iterator[str]:
    """A dossier that ended without a result asks for no money, unless nobody knows whether some has come."""
    for code, number in _rows(LEFT_OPEN):
        yield f"{code}: ended, and bill {number} is open"


def _rows(statement: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
