"""Numbers of dossiers and results, from a counter row per agency and day.

Two families of codes (Thông tư 03/2025/TT-VPCP Điều 13; Thông tư 01/2018/TT-VPCP Điều 19 before it; Thông tư
04/2025/TT-VPCP for centralised services). The running number has at least four digits and grows when they are used up.
"""

import re
from datetime import date
from typing import NamedTuple

from django.db import connection

from motcua.base.errors import Invalid

CODE = re.compile(r"^(?P<agency>[0-9A-Z]{2,3}(?:\.[0-9A-Z]{2,3}){0,3})-(?P<day>\d{6})-(?P<number>\d{4,12})$")


class DossierCode(NamedTuple):
    """A code taken apart; ``number`` keeps its leading zeros, since length is part of the code."""

    agency: str
    day: str
    number: str


def next_number(key: str) -> int:
    """The next number of ``key``, counting from 1. Effects: holds the counter's row until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [key])
        return int(cursor.fetchone()[0])


NEXT = (
    "INSERT INTO base_counter (key, value) VALUES (%s, 1) "
    "ON CONFLICT (key) DO UPDATE SET value = base_counter.value + 1 RETURNING value"
)


def day_key(agency_code: str, day: date) -> str:
    """The counter of one agency on one local day."""
    return f"dossier:{agency_code}:{day:%y%m%d}"


def dossier_code(agency_code: str, day: date, number: int) -> str:
    """``("H99.101", 22/11/2026, 7)`` → ``"H99.101-261122-0007"``."""
    return f"{agency_code}-{day:%y%m%d}-{number:04d}"


def centralised_code(agency_code: str, day: date, owner: int, number: int) -> str:
    """The family of centralised services: two digits for the owner of the system, then the number (AAXXXX)."""
    if not 0 <= owner <= 99:
        raise Invalid("owner_out_of_range", owner=owner)
    return f"{agency_code}-{day:%y%m%d}-{owner:02d}{number:04d}"


def parse_code(text: str) -> DossierCode:
    """Take a code apart. Raises `Invalid` ``dossier_code_malformed``."""
    found = CODE.match(text.strip().upper())
    if not found:
        raise Invalid("dossier_code_malformed", code=text[:60])
    return DossierCode(**found.groupdict())
