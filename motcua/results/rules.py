"""Which day a result holds until, and what it is worth on a day. Pure."""

import hashlib
import re
from calendar import monthrange
from datetime import date, timedelta

from motcua.base.errors import Invalid
from motcua.base.text import clean
from motcua.results.states import EXPIRED, State

UNLIMITED = "unlimited"
PERIOD = re.compile(r"0*([1-9][0-9]{0,2}) (ngày|tháng|năm)(?: kể từ ngày (?:được )?(?:cấp|ký|ban hành))?\.?")
MAX_REASON = 2000
# What a result promises, in this order hashed into its first fact; the check code makes that more than a guess.
SAID = (
    "check_code", "holder_id", "holder_organisation_id", "holder_name", "title", "granted", "valid_from", "valid_until",
    "validity",
)  # fmt: skip


def said(*values: object) -> str:
    """The hash of the values of `SAID`, each as the database writes it as text; `checks` makes the same in SQL."""
    words = ("" if each is None else str(each).lower() if isinstance(each, bool) else str(each) for each in values)
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def valid_until(words: str, first: date) -> date | None:
    """The last day on which a result from ``first`` holds, by the words of its edition; None: without end, or unknown.

    Only a plain period counts ("6 tháng", "05 năm kể từ ngày cấp"). A month ends on the day with the same number, or on
    its last (Bộ luật Dân sự 91/2015/QH13 Điều 148).
    """
    found = PERIOD.fullmatch(clean(words).lower())
    if found is None:
        return None
    count, unit = int(found[1]), found[2]
    if unit == "ngày":
        return first + timedelta(days=count)
    months = first.year * 12 + first.month - 1 + count * (12 if unit == "năm" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def validity_known(words: str, until: date | None) -> bool:
    """Whether it is known until when a result holds; what could not be read is unknown, never without end."""
    return until is not None or clean(words).lower() == UNLIMITED


def state_on(state: str, until: date | None, on: date) -> str:
    """What a result is on the day ``on``: its state, or `EXPIRED` once its last day is over."""
    return EXPIRED if state in {State.ISSUED, State.SUSPENDED} and until is not None and on > until else state


def reason(text: str, code: str = "reason_missing") -> str:
    """The reason as it is kept. Raises `Invalid` ``code`` without one, ``reason_too_long``."""
    found = clean(text.replace("\x00", ""))
    if not found:
        raise Invalid(code)
    if len(found) > MAX_REASON:
        raise Invalid("reason_too_long", limit=MAX_REASON)
    return found
