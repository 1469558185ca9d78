"""Money is a whole number of đồng (``int``): no smaller unit, no floating point. Unknown is ``None``, not 0."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
THOUSANDS = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ")


def money(amount_vnd: int) -> str:
    """``10000`` → ``"10.000 ₫"`` (a no-break blank before the sign)."""
    return f"{amount_vnd:,}".replace(",", ".") + "\u00a0₫"


def in_words(amount_vnd: int) -> str:
    """``108000`` → ``"Một trăm linh tám nghìn đồng"``, as receipts write an amount. From 0 to below 10¹⁸."""
    groups = []
    rest = amount_vnd
    for name in THOUSANDS:
        rest, part = divmod(rest, 1000)
        if part:
            groups.append(" ".join(filter(None, (_below_thousand(part, first=not rest), name))))
    told = " ".join(reversed(groups)) or DIGITS[0]
    return f"{told[0].upper()}{told[1:]} đồng"


def _below_thousand(number: int, first: bool) -> str:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    told = [] if first and not hundreds else [DIGITS[hundreds], "trăm"]
    if tens == 1:
        told.append("mười")
    elif tens:
        told += [DIGITS[tens], "mươi"]
    elif ones and told:
        told.append("linh")
    if ones:
        told.append("mốt" if ones == 1 and tens > 1 else "lăm" if ones == 5 and tens else DIGITS[ones])
    return " ".join(told)
