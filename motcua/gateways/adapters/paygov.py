"""PayGov, messages of 1.5: create at the gateway's address, notices (IPN) with a SHA-256 checksum.

The documented checksum covers secret, access key, partner, order, request and amount, but *not the outcome*: who saw a
declined notice could make it a success. So a notice is never counted by itself (``sealed`` False): the gateway is asked.
What it answers is taken as a notice fetched by us over its own address; our sources do not show that message.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from motcua.gateways.adapters._calling import address_in, call, fields
from motcua.gateways.statements import dong
from motcua.payments.ports import Confirmed, Order, Rejected, Unreachable
from motcua.payments.states import VND

NOTICE = ("orderId", "amount", "requestCode", "transactionNo", "errorCode", "checksum")
DONE = "00"


@dataclass(frozen=True)
class Partner:
    """An agency's contract with the gateway."""

    code: str
    access_key: str
    secret: str
    service: str = ""


def checksum(partner: Partner, order: str, request: str, amount: str) -> str:
    """SHA-256(secretKey + accessKey + partnerCode + orderId + requestCode + amount), hex."""
    parts = (partner.secret, partner.access_key, partner.code, order, request, amount)
    return hashlib.sha256("".join(parts).encode()).hexdigest()


class PayGov:
    """The gateway for the agencies that have a contract (by agency code)."""

    def __init__(self, address: str, token: str, back: str, partners: Mapping[str, Mapping[str, str]]) -> None:
        self.address, self.back = address.rstrip("/"), back
        self.headers = {"Authorization": f"Bearer {token}", "lgspaccesstoken": token}
        self.by_agency = {agency: Partner(**contract) for agency, contract in partners.items()}
        self.by_code = {partner.code: partner for partner in self.by_agency.values()}

    def payee(self, agency: str) -> str:
        """The partner code of the agency."""
        return self.by_agency[agency].code if agency in self.by_agency else ""

    def create(self, order: Order) -> dict[str, str]:
        """Where the payer goes on. Raises `Unreachable`."""
        data = call("POST", f"{self.address}/create", self.request(order), self.headers).get("data")
        return address_in(data.get("url") if isinstance(data, dict) else None)

    def request(self, order: Order) -> dict[str, Any]:
        """The message that creates a payment; ``requestCode`` names the payee, so that a notice can be told apart."""
        partner, amount = self.by_code[order.payee], str(order.amount_vnd)
        return {
            "partnerCode": partner.code, "returnUrl": order.back or self.back, "orderId": order.order, "amount": amount,
            "orderInfo": order.told, "requestCode": partner.code, "ipAddress": "", "accessKey": partner.access_key,
            "serviceCode": partner.service, "checksum": checksum(partner, order.order, partner.code, amount),
        }  # fmt: skip

    def read(self, raw: bytes) -> Confirmed | Rejected:
        """A notice with a right checksum, whose outcome is still to be asked."""
        said = fields(raw, NOTICE)
        if said is None or (amount := dong(said["amount"])) is None:
            return Rejected("malformed")
        partner = self.by_code.get(said["requestCode"])
        if partner is None:
            return Rejected("payee_unknown", said["orderId"])
        expected = checksum(partner, said["orderId"], said["requestCode"], said["amount"])
        if not hmac.compare_digest(expected.encode(), said["checksum"].lower().encode()):
            return Rejected("wrong_signature", said["orderId"])
        number, succeeded = said["transactionNo"], said["errorCode"] == DONE
        return Confirmed(said["orderId"], amount, VND, partner.code, number, succeeded, sealed=False)

    def reply(self, why: str) -> dict[str, str]:
        """Its own codes the other way round: an assumption, our sources show no answer to a notice."""
        return {"errorCode": "01" if why else DONE, "message": ""}

    def ask(self, order: Order) -> Confirmed | None:
        """What the gateway itself says of an order. Raises `Unreachable`."""
        if order.payee not in self.by_code:
            raise Unreachable("no contract")
        said = call("POST", f"{self.address}/query", self.request(order), self.headers)
        if said.get("errorCode") == "01":
            return None
        told = self.read(json.dumps(said).encode())
        if isinstance(told, Rejected):
            raise Unreachable(told.reason)
        return replace(told, sealed=True)

    def refund(self, order: Order) -> str:  # noqa: ARG002
        """Not among the messages of 1.5."""
        raise Unreachable("refund not offered")

    def statement(self, day: date) -> list[Confirmed | Rejected]:  # noqa: ARG002
        """Not among the messages of 1.5."""
        raise Unreachable("statement not offered")
