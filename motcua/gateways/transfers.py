"""How the text of a transfer names an order, and how an order is found again in what banks make of it. Pure."""

import re

MEMO = re.compile(r"MC([A-Z0-9]{8,19})(\d\d)(?![A-Z0-9])")


def memo(order: str) -> str:
    """The order as banks leave it in a transfer's text: letters and digits, a mark before, two check digits behind."""
    plain = re.sub(r"[^A-Z0-9]", "", order.upper())
    return f"MC{plain}{_check(plain)}"


def orders_in(text: str) -> set[str]:
    """Every order named in a transfer's text, as `memo` without mark and digits; garbled ones are none."""
    found = MEMO.findall(text.upper())
    return {plain for plain, digits in found if _check(plain) == digits}


def _check(plain: str) -> str:
    return f"{int(plain, 36) % 97:02d}"
