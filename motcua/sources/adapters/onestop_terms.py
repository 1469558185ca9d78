"""Times and fees of a one-stop desk.

A day of the source is a working day of 8 hours, 0.5 is half of one, and -1 says that there is no limit.
"""

import re
import xml.etree.ElementTree as ET

from motcua.catalogue.definition import Fee, Limit
from motcua.catalogue.ports import Defect
from motcua.sources.ports import Place

AMOUNT = re.compile(r"\d{1,12}|\d{1,3}(?:[.,]\d{3}){1,3}")
NO_LIMIT = "Không quy định thời hạn"
MOST_DAYS = 1000


def days_of(text: str | None) -> float | None:
    """A time of the source in working days: ``"0.5"`` → 0.5; None for -1 (no limit). Raises `ValueError` on others."""
    days = float((text or "").strip().replace(",", "."))
    if days == -1:
        return None
    if not 0 <= days < MOST_DAYS:  # false for what is not a number
        raise ValueError(f"{text} is no number of days")
    return days


def place_of(name: str, node: ET.Element, defects: list[Defect]) -> Place:
    """The time of a step, with what is odd about it."""
    tasks, text = list(node.iter("task")), node.get("time", "")
    try:
        days = days_of(text)
    except ValueError:
        defects.append(Defect("step_time_unreadable", name, text))
        return Place(name, None, len(tasks))
    if days is None:
        defects.append(Defect("step_without_limit", name, text))
    elif sum(_days_or_none(task.get("time")) for task in tasks) > days + 1e-9:
        original = " + ".join(task.get("time", "") for task in tasks)
        defects.append(Defect("tasks_longer_than_step", name, f"{original} > {text}"))
    return Place(name, days, len(tasks))


def _days_or_none(text: str | None) -> float:
    try:
        return days_of(text) or 0.0
    except ValueError:
        return 0.0


def limit_of(root: ET.Element, places: tuple[Place, ...], defects: list[Defect]) -> Limit:
    """The time for the whole; none is made up where the source gives none."""
    text = root.get("totaltime", "").strip()
    try:
        days = days_of(text)
    except ValueError:
        defects.append(Defect("limit_not_usable" if text else "limit_missing", "totaltime", text))
        return Limit(text=text)
    if days is None:
        defects.append(Defect("limit_none", "totaltime", text))
        return Limit(text=NO_LIMIT)
    if not days:
        defects.append(Defect("limit_not_usable", "totaltime", text))
        return Limit(text=text)
    parts = [place.days for place in places]
    if None not in parts and abs(sum(part or 0.0 for part in parts) - days) > 1e-9:
        original = " + ".join(f"{part:g}" for part in parts if part is not None)
        defects.append(Defect("steps_do_not_add_up", "totaltime", f"{original} ≠ {text}"))
    return Limit(working_days=days)


def fees_of(root: ET.Element, collects: bool, defects: list[Defect]) -> tuple[Fee, ...]:
    """The fee, if the source names one. ``collects``: a step takes money, so a fee of 0 there is an unknown one."""
    text = root.get("fee", "").strip()
    if not text:
        defects.append(Defect("fee_missing", "fee", text))
        return ()
    if not AMOUNT.fullmatch(text):
        defects.append(Defect("fee_in_words", "fee", text))
        return (Fee(text=text),)
    amount = int(re.sub("[.,]", "", text))
    if not text.isdigit():
        defects.append(Defect("fee_with_separators", "fee", text))
    if bool(amount) != collects:
        defects.append(Defect("fee_and_steps_differ", "fee", text))
    return (Fee(amount_vnd=None if collects and not amount else amount, text=text),)
