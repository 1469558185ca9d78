"""VietQR: a transfer whose EMVCo QR code names account, amount and order (tag 38); known from the bank's statement.

Nobody calls back, so nothing that claims to is believed: the statement, a CSV file of the agency's own bank, counts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from motcua.gateways.statements import transfers
from motcua.gateways.transfers import memo
from motcua.payments.ports import Confirmed, Order, Rejected, Unreachable

NAPAS, TO_ACCOUNT = "A000000727", "QRIBFTTA"


@dataclass(frozen=True)
class Account:
    """Where an agency's money goes: the bank's BIN (six digits), the account number, and what both are called.

    Raises ``ValueError`` for what no bank has.
    """

    bank: str
    number: str
    holder: str = ""
    bank_name: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{6}", self.bank):
            raise ValueError(f"a bank's BIN has six digits, not {self.bank!r}")
        if not re.fullmatch(r"[A-Za-z0-9]{4,19}", self.number):
            raise ValueError(f"not an account number: {self.number!r}")


def field(tag: str, value: str) -> str:
    """One data object of an EMVCo code: tag, length in two digits, value. Raises ``ValueError`` past 99 characters."""
    if len(value) > 99:
        raise ValueError(f"tag {tag} is {len(value)} characters long")
    return f"{tag}{len(value):02d}{value}"


def crc16(text: str) -> int:
    """CRC-16/CCITT-FALSE: polynomial 0x1021, begun at 0xFFFF, as ISO/IEC 13239 and EMVCo have it."""
    found = 0xFFFF
    for byte in text.encode():
        found ^= byte << 8
        for _ in range(8):
            found = (found << 1) ^ 0x1021 if found & 0x8000 else found << 1
            found &= 0xFFFF
    return found


def payload(account: Account, order: Order) -> str:
    """The text of the QR code: a code for one payment (12), account and bank (38), đồng (704), amount, country, memo."""
    to = field("00", account.bank) + field("01", account.number)
    merchant = field("00", NAPAS) + field("01", to) + field("02", TO_ACCOUNT)
    body = (
        field("00", "01") + field("01", "12") + field("38", merchant) + field("53", "704")
        + field("54", str(order.amount_vnd)) + field("58", "VN") + field("62", field("08", memo(order.order))) + "6304"
    )  # fmt: skip
    return f"{body}{crc16(body):04X}"


class VietQR:
    """Transfers to the accounts of agencies (by agency code); statements are files ``<day>.csv`` in one folder."""

    def __init__(self, statements: str, accounts: Mapping[str, Mapping[str, str]]) -> None:
        self.statements = Path(statements)
        self.by_agency = {agency: Account(**account) for agency, account in accounts.items()}
        self.by_number = {account.number: account for account in self.by_agency.values()}

    def payee(self, agency: str) -> str:
        """The agency's account number."""
        return self.by_agency[agency].number if agency in self.by_agency else ""

    def create(self, order: Order) -> dict[str, str]:
        """The text of the QR code, and the same to be typed; nothing leaves the house."""
        to = self.by_number[order.payee]
        typed = {
            "bank": to.bank_name or to.bank,
            "account": to.number,
            "holder": to.holder,
            "memo": memo(order.order),
        }
        return {"qr": payload(to, order), **typed}

    def read(self, raw: bytes) -> Confirmed | Rejected:  # noqa: ARG002
        """Nobody confirms a transfer by message."""
        return Rejected("malformed")

    def reply(self, why: str) -> dict[str, str]:  # noqa: ARG002
        """Nobody is to tell us anything."""
        return {}

    def ask(self, order: Order) -> Confirmed | None:  # noqa: ARG002
        """Known only from the statement."""
        return None

    def refund(self, order: Order) -> str:  # noqa: ARG002
        """A transfer goes back by a payment order of the treasury."""
        raise Unreachable("refund not offered")

    def statement(self, day: date) -> list[Confirmed | Rejected]:
        """What came on a day: what names exactly one order, and what else came to an account of ours. Raises
        `Unreachable` while the file is not there."""
        try:
            content = (self.statements / f"{day.isoformat()}.csv").read_bytes()
        except OSError as missing:
            raise Unreachable(type(missing).__name__) from missing
        told, wrong = transfers(content)
        if any(each.line < 2 for each in wrong):
            raise Unreachable(wrong[0].why)
        beside = (each.row for each in wrong if each.row is not None and each.row.payee in self.by_number)
        return [*told, *dict.fromkeys(beside)]  # a line told twice is one
