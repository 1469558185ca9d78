"""How the text of a transfer names an order, and how an order is found again in what banks make of it. Pure."""

import re

MEMO = re.compile(r"MC([A-Z0-9]{8,21})(\d\d)(?![A-Z0-9])")


def memo(order: str) -> str:
    """The order as banks leave it in a transfer's text: letters and digits, a mark before, two check digits behind."""
    left = plain(order)
    return f"MC{left}{_check(left)}"


def plain(order: str) -> str:
    """What is left of an order: its letters and digits."""
    return re.sub(r"[^A-Z0-9]", "", order.upper())


def orders_in(text: str) -> set[str]:
    """Every order named in a transfer's text, as `memo` without mark and digits; garbled ones are none."""
    found = MEMO.findall(text.upper())
    return {left for left, digits in found if _check(left) == digits}


def _check(left: str) -> str:
    return f"{int(left, 36) % 97:02d}"
