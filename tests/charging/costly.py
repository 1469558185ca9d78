"""A procedure that costs what a test says, filed at the ward, and whether all stored data is sound."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from motcua.base.actor import SYSTEM
from motcua.base.ids import new_id
from motcua.base.wires import provider
from motcua.catalogue import actions as catalogue
from motcua.catalogue.ports import ProcedureFiles
from motcua.catalogue.queries import edition_for
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import Filing, Owner
from motcua.filing.actions import submit
from motcua.payments import actions as payments
from motcua.payments.actions.billing import Decided
from motcua.people.models import Agency
from motcua.sites.cli.check import all_checks
from tests.node import DAY, Node

CODE = "9.900002"
COPIES = {"name": "Phí bản sao", "kind": "fee", "amount_vnd": 8000, "per": "bản", "quantity_from": "so_ban"}
CHARGE = {"name": "Lệ phí", "kind": "charge", "amount_vnd": 20000}
POOR = CHARGE | {"exempt": [{"when": "ho_ngheo", "reason": "Hộ nghèo"}]}
COUNCIL = {"name": "Phí thẩm định", "kind": "fee", "decided_by": "provincial_council"}
PROCEDURE = """
procedure: "9.900002"
name: {vi: Cấp bản sao thử, en: Copies for tests}
in_force: {from: 2025-07-01}
field: Thử
levels: [commune]
subjects: [citizen]
online: full
form:
  $schema: https://json-schema.org/draft/2020-12/schema
  title: Đơn
  x-en: Request
  type: object
  properties:
    so_ban: {type: integer, title: Số bản, x-en: Copies, minimum: 0, maximum: 1000}
    ho_ngheo: {type: boolean, title: Hộ nghèo, x-en: Poor household}
  required: [so_ban]
  x-sections: [{code: don, title: Đơn, x-en: Request, fields: [so_ban, ho_ngheo]}]
process:
  - {step: tiep-nhan, name: Tiếp nhận, role: reception, hours: 1, does: receive, then: {pass: ky}}
  - {step: ky, name: Ký, role: approver, hours: 6, does: decide, then: {pass: tra, refuse: decide_refusal}}
  - {step: tra, name: Trả kết quả, role: reception, hours: 1, does: hand_over, then: {hand_over: end}}
results: [{code: KQ.THU, name: Bản sao, valid: unlimited}]
"""


def publish(folder: Path, at: datetime, *fees: dict[str, Any], channels: list[Any] | None = None) -> None:
    """Publish the procedure with these fees."""
    written = yaml.safe_load(PROCEDURE)
    offers = channels or [{"limit": {"hours": 8}, "fees": list(fees)}]
    path = folder / f"{CODE}.yaml"
    path.write_text(yaml.safe_dump(written | {"channels": {"online": offers}}, allow_unicode=True))
    disk = provider(ProcedureFiles)  # type: ignore[type-abstract]
    report = catalogue.load_batch(list(disk.read(path, DAY)), source="data", by=SYSTEM, at=at)
    assert edition_for(CODE, DAY).definition["procedure"] == CODE, report


def filed(node: Node, **answers: Any) -> Dossier:
    """A dossier of the costly procedure, filed online by the mother."""
    edition = edition_for(CODE, DAY)
    owner, asked = Owner("Nguyễn Thị Lan"), {"so_ban": 2} | answers
    filing = Filing(new_id(), edition.id, node.agency.id, "online", owner, asked)
    return submit(filing, by=node.mother, at=node.noon)


def council_decides(node: Node, amount: int, *, agency: str = "H99", since: date = DAY) -> None:
    """The council's amount for the procedure, at an agency."""
    place = Agency.objects.get(code=agency).id
    payments.set_council_fee(Decided(place, CODE, "Phí thẩm định", amount, since), by=SYSTEM, at=node.noon)


def unsound() -> dict[str, list[str]]:
    """What `motcua check` would name, by check; empty when all is sound."""
    found = {name: list(check()) for name, check in all_checks().items()}
    return {name: findings for name, findings in found.items() if findings}
