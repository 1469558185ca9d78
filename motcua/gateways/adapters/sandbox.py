"""The sandbox bank (``motcua sandbox-bank``): another process, spoken to over HTTP, each message sealed per payee."""

import hmac
import json
from datetime import date
from typing import Any
from urllib.parse import quote, urljoin

from motcua.gateways.adapters._calling import address_in, call, message
from motcua.gateways.sealing import seal
from motcua.payments.ports import Confirmed, Order, Rejected, Unreachable

TEXTS = ("order", "currency", "payee", "transaction", "state", "signature")
STATES = {"paid": True, "declined": False}


class SandboxBank:
    """One bank for all agencies; an agency's account is called by its code."""

    def __init__(self, address: str, secret: str) -> None:
        self.address, self.secret = address.rstrip("/"), secret

    def payee(self, agency: str) -> str:
        """The agency's own code."""
        return agency

    def create(self, order: Order) -> dict[str, str]:
        """Where the payer goes on. Raises `Unreachable`."""
        told = address_in(self._call("POST", "/orders", order._asdict()).get("redirect"))
        return {"redirect": urljoin(f"{self.address}/", told["redirect"])}

    def reply(self, why: str) -> dict[str, str]:
        """Whether it need not be said again."""
        return {"heard": "no" if why else "yes"}

    def read(self, raw: bytes) -> Confirmed | Rejected:
        """A message of the bank, believed only with its seal."""
        said = message(raw)
        if said is None or not _whole(said):
            return Rejected("malformed")
        if not hmac.compare_digest(seal(self.secret, said).encode(), said["signature"].encode()):
            return Rejected("wrong_signature", said["order"])
        return _confirmed(said)

    def ask(self, order: Order) -> Confirmed | None:
        """What became of an order. Raises `Unreachable` also when the answer is not sealed: it is nobody's word."""
        said = self._call("GET", f"/orders/{quote(order.order, safe='')}", None)
        return None if said.get("state") in {"waiting", "unknown"} else self._believed(said)

    def refund(self, order: Order) -> str:
        """Pay back; the bank does it once for one order. Raises `Unreachable`."""
        number = self._call("POST", "/refunds", order._asdict()).get("transaction")
        if not isinstance(number, str) or not number:
            raise Unreachable("no number")
        return number

    def statement(self, day: date) -> list[Confirmed | Rejected]:
        """All the bank moved on a day. Raises `Unreachable`."""
        rows = self._call("GET", f"/statement/{day.isoformat()}", None).get("rows")
        if not isinstance(rows, list):
            raise Unreachable("no rows")
        return [self._believed(said) for said in rows]

    def _believed(self, said: Any) -> Confirmed:
        told = self.read(json.dumps(said).encode())
        if isinstance(told, Rejected):
            raise Unreachable(told.reason)
        return told

    def _call(self, method: str, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
        return call(method, self.address + path, body)


def _whole(said: dict[str, Any]) -> bool:
    texts = all(isinstance(said.get(name), str) and len(said[name]) <= 200 for name in TEXTS)
    clean = texts and "\x00" not in "".join(said[name] for name in TEXTS)
    return clean and type(said.get("amount")) is int and said["state"] in STATES


def _confirmed(said: dict[str, Any]) -> Confirmed:
    names = (said["order"], said["amount"], said["currency"], said["payee"], said["transaction"])
    return Confirmed(*names, STATES[said["state"]])
