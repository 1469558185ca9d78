"""Money is a whole number of đồng (``int``): no smaller unit, no floating point. Unknown is ``None``, not 0."""


def money(amount_vnd: int) -> str:
    """``10000`` → ``"10.000 ₫"`` (a no-break blank before the sign)."""
    return f"{amount_vnd:,}".replace(",", ".") + "\u00a0₫"
