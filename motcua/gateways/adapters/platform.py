"""The national payment platform, messages of version 1.0.6: INIT, CONFIRM and GET_BILL, each with its SHA-256.

The hashed fields and their order are those of real traffic. What the platform answers to GET_BILL is read as a CONFIRM:
our sources do not show it. Times are written with 24 hours, where a known client writes 12 by mistake.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.gateways.adapters._calling import address_in, call, fields
from motcua.gateways.statements import dong
from motcua.payments.ports import Confirmed, Order, Rejected, Unreachable
from motcua.payments.states import VND

INIT = (
    "LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan", "MaKenhThanhToan", "MaThietBi",
    "NgonNgu", "MaTienTe", "MaNganHang", "ThongTinGiaoDich", "ThoiGianGD", "Ip",
)  # fmt: skip
CONFIRM = (
    "LoaiBanTin", "MaLoi", "MaDoiTac", "MaThamChieu", "SoTien", "MaTienTe", "MaGiaoDich", "MaNganHang", "ThoiGianGD",
    "ThongTinGiaoDich",
)  # fmt: skip
GET_BILL = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")
VERSION, DONE, WAITS = "1.0.6", "00", "99"


@dataclass(frozen=True)
class Partner:
    """An agency's contract: its code at the platform, the shared secret, the account its money goes to."""

    code: str
    secret: str
    account: str = ""
    bank: str = ""
    holder: str = ""


def code_of(said: Mapping[str, Any], names: tuple[str, ...], secret: str) -> str:
    """MaXacThuc: SHA-256 (hex) over the values in order and the secret, joined by bars."""
    return hashlib.sha256("|".join([*(str(said[name]) for name in names), secret]).encode()).hexdigest()


class Platform:
    """The platform for the agencies that have a contract (by agency code)."""

    def __init__(
        self, address: str, partners: Mapping[str, Mapping[str, str]], clock: Callable[[], datetime]
    ) -> None:
        self.address, self.clock = address.rstrip("/"), clock
        self.by_agency = {agency: Partner(**contract) for agency, contract in partners.items()}
        self.by_code = {partner.code: partner for partner in self.by_agency.values()}

    def payee(self, agency: str) -> str:
        """MaDoiTac of the agency."""
        return self.by_agency[agency].code if agency in self.by_agency else ""

    def create(self, order: Order) -> dict[str, str]:
        """Send INIT. Raises `Unreachable`."""
        return address_in(call("POST", f"{self.address}/init", self.init(order)).get("UrlThanhToan"))

    def init(self, order: Order) -> dict[str, Any]:
        """The INIT message with its hash and what the receipt needs."""
        partner = self.by_code[order.payee]
        said: dict[str, Any] = {
            "LoaiBanTin": "INIT", "PhienBan": VERSION, "MaDoiTac": partner.code, "MaThamChieu": order.order,
            "SoTien": str(order.amount_vnd), "LoaiHinhThanhToan": "PAYMENT", "MaKenhThanhToan": "", "MaThietBi": "",
            "NgonNgu": "vi", "MaTienTe": VND, "MaNganHang": partner.bank, "ThongTinGiaoDich": order.told,
            "ThoiGianGD": f"{self.clock():%Y%m%d%H%M%S}", "Ip": "",
        }  # fmt: skip
        receipt = {"MaHoSo": order.told, "TKThuHuong": partner.account, "MaNHThuHuong": partner.bank,
                   "TenTKThuHuong": partner.holder}  # fmt: skip
        return {**said, "MaXacThuc": code_of(said, INIT, partner.secret), "ThongTinBienLai": receipt}

    def read(self, raw: bytes) -> Confirmed | Rejected:
        """A CONFIRM: believed only with the hash of the partner it names; every field that matters is hashed."""
        said = fields(raw, (*CONFIRM, "MaXacThuc"))
        if said is None or said["LoaiBanTin"] != "CONFIRM" or (amount := dong(said["SoTien"])) is None:
            return Rejected("malformed")
        partner = self.by_code.get(said["MaDoiTac"])
        if partner is None:
            return Rejected("payee_unknown", said["MaThamChieu"])
        # A bar inside a value could move the border between two fields without changing the hash.
        if any("|" in said[name] for name in CONFIRM if name != "ThongTinGiaoDich"):
            return Rejected("malformed", said["MaThamChieu"])
        if not hmac.compare_digest(
            code_of(said, CONFIRM, partner.secret).encode(), said["MaXacThuc"].lower().encode()
        ):
            return Rejected("wrong_signature", said["MaThamChieu"])
        number, succeeded = said["MaGiaoDich"], said["MaLoi"] == DONE
        sealed = said["MaLoi"] != WAITS  # still worked on is not declined: ask
        return Confirmed(said["MaThamChieu"], amount, said["MaTienTe"], partner.code, number, succeeded, sealed)

    def reply(self, why: str) -> dict[str, str]:
        """MaLoi as in CONFIRM: an assumption, our sources show no answer to it."""
        return {"MaLoi": "01" if why else DONE, "MoTaLoi": ""}

    def ask(self, order: Order) -> Confirmed | None:
        """Send GET_BILL. Raises `Unreachable`, also when the answer is not sealed."""
        partner = self.by_code.get(order.payee)
        if partner is None:
            raise Unreachable("no contract")
        asked = {"LoaiBanTin": "GET_BILL", "PhienBan": VERSION, "MaDoiTac": partner.code,
                 "MaThamChieu": order.order, "ThoiGianGD": f"{self.clock():%Y%m%d%H%M%S}"}  # fmt: skip
        sealed = {**asked, "MaXacThuc": code_of(asked, GET_BILL, partner.secret)}
        said = call("POST", f"{self.address}/get-bill", sealed)
        if said.get("MaLoi") == WAITS:
            return None
        told = self.read(json.dumps(said).encode())
        if isinstance(told, Rejected):
            raise Unreachable(told.reason)
        return told

    def refund(self, order: Order) -> str:  # noqa: ARG002
        """Not among the messages of 1.0.6."""
        raise Unreachable("refund not offered")

    def statement(self, day: date) -> list[Confirmed | Rejected]:  # noqa: ARG002
        """Not among the messages of 1.0.6."""
        raise Unreachable("statement not offered")
