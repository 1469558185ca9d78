"""The demo node for tests: who is there, which procedures, and a filing that is right."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import yaml
from django.conf import settings
from django.db import connection, transaction

from motcua.base.actor import SYSTEM, Actor
from motcua.base.ids import new_id
from motcua.base.wires import provider
from motcua.catalogue import actions as catalogue
from motcua.catalogue.actions.publishing import bump
from motcua.catalogue.models import Edition
from motcua.catalogue.ports import ProcedureFiles
from motcua.catalogue.queries import edition_for
from motcua.charging import actions as charging
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Standing
from motcua.dossiers.rules import Attached, Filing, Owner
from motcua.filing.actions import submit
from motcua.payments.actions import take
from motcua.payments.queries import bills_of
from motcua.people.actions.loading import load_agencies, load_people
from motcua.people.models import Agency, Citizen, Officer
from motcua.people.queries import actor_for, citizen_actor

BIRTH = "1.001193"
DAY = date(2026, 11, 10)


@lru_cache
def shipped(name: str) -> Any:
    """A shipped data file, read once."""
    return yaml.safe_load((settings.DATA / name).read_text())


@dataclass
class Node:
    """Handles to the people of ward Hoa Sen and a mother who lives there."""

    noon: datetime
    agency: Agency
    mother: Actor
    reception: Actor
    clerk: Actor
    approver: Actor
    stranger: Actor  # a clerk of another ward

    @classmethod
    def load(cls, noon: datetime) -> "Node":
        fresh = not Agency.objects.exists()
        if fresh and noon in _kept:
            put_back(_kept[noon])
        else:
            load_agencies(shipped("agencies.yaml")["agencies"], at=noon)
            load_people(shipped("people.yaml"), at=noon)
            cls.publish(BIRTH, noon)
            if fresh:
                _kept[noon] = taken()
        ward = Agency.objects.get(code="H99.101")
        return cls(
            noon=noon,
            agency=ward,
            mother=citizen_actor(Citizen.objects.get(account__login="me.lan")),
            reception=officer("tiepnhan.hoasen", ward),
            clerk=officer("hotich.hoasen", ward),
            approver=officer("chutich.hoasen", ward),
            stranger=officer("thuly.hoamai", Agency.objects.get(code="H99.102")),
        )

    @staticmethod
    def publish(code: str, at: datetime) -> Edition:
        """Publish one shipped procedure."""
        disk = provider(ProcedureFiles)  # type: ignore[type-abstract]
        records = list(disk.read(settings.DATA / "procedures" / f"{code}.yaml", DAY))
        catalogue.load_batch(records, source="data", by=SYSTEM, at=at)
        return edition_for(code, DAY)

    def filing(self, **changes: Any) -> Filing:
        """A birth registration that has everything."""
        edition = edition_for(BIRTH, DAY)
        given = {
            "id": new_id(),
            "edition": edition.id,
            "agency": self.agency.id,
            "channel": "online",
            "owner": Owner("Nguyễn Thị Lan", "001196000101", "0900000101"),
            "answers": birth_answers(),
            "papers": (Attached("giay-chung-sinh", paper(self.noon), "giay chung sinh.pdf"),),
        }
        return Filing(**(given | changes))

    def submitted(self, **changes: Any) -> Dossier:
        """A dossier that was filed at ``noon``."""
        return submit(self.filing(**changes), by=self.mother, at=self.noon)

    def received(self) -> Standing:
        """A dossier that was filed and received, an hour apart."""
        return actions.receive(self.submitted().id, by=self.reception, at=self.noon + timedelta(hours=1))

    def demanded(self, dossier: Dossier, amount_vnd: int, reason: str, at: datetime) -> Standing:
        """A fee that the clerk asks for in the middle; the clock stands."""
        return charging.ask_payment(dossier.id, amount_vnd, reason, by=self.clerk, at=at)

    def paid(self, dossier: Dossier, at: datetime) -> Standing:
        """What was asked for in the middle, paid in cash at the counter; the clock goes on."""
        bill = next(bill for bill in bills_of(dossier.stream) if bill.state == "open")
        return charging.confirm_payment(take(bill.id, "cash", by=self.reception, at=at), by=SYSTEM, at=at)


Rows = list[tuple[str, bytes]]
OURS = ("base_", "people_", "catalogue_field", "catalogue_procedure", "catalogue_edition")
_kept: dict[datetime, Rows] = {}  # a node takes a second to load by its verbs, and a moment to put back by its rows


def taken() -> Rows:
    """Every row there is, table by table."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith(OURS)]
        return [
            (name, b"".join(map(bytes, copied))) for name in tables for copied in [_copied(cursor, name)] if copied
        ]


def _copied(cursor: Any, table: str) -> list[bytes]:
    with cursor.cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return list(copy)


def put_back(rows: Rows) -> None:
    """The same rows into empty tables."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, content in rows:
            with cursor.cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                copy.write(content)
        bump()


def officer(login: str, agency: Agency) -> Actor:
    """The officer with this login at the desk of ``agency``."""
    return actor_for(Officer.objects.get(account__login=login), agency, on=DAY)


def paper(
    at: datetime, content: bytes = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
) -> str:
    """A kept PDF; returns its hash."""
    from motcua.base import files

    return files.store([content], at=at).sha256


def birth_answers() -> dict[str, Any]:
    """Answers that the form of birth registration accepts."""
    return dict(shipped("demo_birth.yaml"))
