"""A procedure that uses the whole language of processes (``process.yaml``), and a dossier that lives on it."""

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from motcua.base.actor import SYSTEM, Actor
from motcua.base.ids import new_id
from motcua.base.ledger import Row
from motcua.base.wires import provider
from motcua.catalogue import actions as catalogue
from motcua.catalogue.models import Edition
from motcua.catalogue.ports import ProcedureFiles
from motcua.catalogue.queries import edition_for
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Standing
from motcua.dossiers.rules import Filing, Owner
from motcua.filing.actions import submit
from motcua.opinions import actions as opinions
from motcua.opinions.actions import Question
from motcua.opinions.models import Opinion
from motcua.people.models import Agency
from motcua.supervision.actions import time_out
from tests.node import DAY, Node, officer

CODE = "9.900001"
MANY, FEW = 200_000_000, 20_000_000


def publish(written: dict[str, Any], folder: Path, at: datetime) -> Edition:
    """Publish a procedure that a test wrote."""
    path = folder / f"{written['procedure']}.yaml"
    path.write_text(yaml.safe_dump(written, allow_unicode=True))
    disk = provider(ProcedureFiles)  # type: ignore[type-abstract]
    report = catalogue.load_batch(list(disk.read(path, DAY)), source="data", by=SYSTEM, at=at)
    found = edition_for(written["procedure"], DAY)
    assert [each["step"] for each in found.definition["process"]] == [e["step"] for e in written["process"]], report
    return found


def written() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("process.yaml").read_text())
    return found


def change(steps: list[dict[str, Any]], step: str, **changes: Any) -> None:
    next(each for each in steps if each["step"] == step).update(changes)


class Life:
    """A dossier that was received at ``noon``, and who works on it."""

    def __init__(self, node: Node, edition: Edition, amount: int = MANY) -> None:
        self.node, self.noon = node, node.noon
        filing = Filing(new_id(), edition.id, node.agency.id, "online", Owner("Nguyễn Thị Lan"), {"so_tien": amount})
        self.dossier = submit(filing, by=node.mother, at=node.noon)
        self.received = actions.receive(self.dossier.id, by=node.reception, at=node.noon)

    @property
    def now(self) -> Standing:
        return Standing.objects.select_related("dossier").get(pk=self.dossier.id)

    @property
    def facts(self) -> list[Row]:
        return queries.history(self.dossier)

    def passes(self, action: str, by: Actor, at: datetime) -> Standing:
        return actions.pass_on(self.dossier.id, action, by=by, at=at)

    def done(self, task: str, at: datetime, by: Actor | None = None) -> Standing:
        return actions.do_task(self.dossier.id, task, by=by or self.node.clerk, at=at)

    def ask(self, opinion: str, at: datetime, text: str = "Đề nghị cho ý kiến") -> Opinion:
        opinions.ask_opinion(self.dossier.id, Question(text, opinion), by=self.node.clerk, at=at)
        return Opinion.objects.latest("asked_at", "id")

    def times_out(self, at: datetime) -> Standing:
        return time_out(self.dossier.id, by=SYSTEM, at=at)


def of(code: str, login: str) -> Actor:
    return officer(login, Agency.objects.get(code=code))
