"""Clock work of the desks, started by the worker."""

import time
from datetime import UTC, datetime
from uuid import UUID

from motcua.base.errors import Conflict, Refused
from motcua.catalogue.queries import plan
from motcua.desks.actions.sheets import Reading, bring_in, give_up, read
from motcua.desks.models import SheetRun

SECONDS = 2.0  # at a time: what reads the ledger has its turn in between
_readings: dict[UUID, Reading] = {}  # how far this process has read; a new process reads again up to where the run is


def bring_in_sheets() -> int:
    """Bring in what was sent, oldest first, for about `SECONDS`; returns how many chunks. Safe to run twice."""
    until, chunks = time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        run = SheetRun.objects.filter(state="waiting").order_by("sent_at").first()
        if run is None:
            _readings.clear()
            break
        try:
            if run.id not in _readings:
                _readings.clear()
                _readings[run.id] = read(run.file_id, plan(run.edition_id))
            after = bring_in(run.id, _readings[run.id], at=datetime.now(UTC))
        except Conflict:  # another process read on meanwhile
            _readings.clear()
            continue
        except Refused as no:
            _readings.clear()
            give_up(run.id, no, at=datetime.now(UTC))
            continue
        except Exception:  # what was read and not written is read again
            _readings.clear()
            raise
        if after is None:
            break
        chunks += 1
    return chunks
