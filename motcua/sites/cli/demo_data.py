"""What the demo node holds: agencies, people, procedures, and dossiers in every state. Loading again changes nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml
from django.conf import settings

from motcua.base import files
from motcua.base.actor import SYSTEM, Actor
from motcua.base.cursors import Subscribers, run_until_read
from motcua.base.wires import provider
from motcua.base.worktime import local
from motcua.catalogue import actions as catalogue
from motcua.catalogue.ports import ProcedureFiles
from motcua.catalogue.queries import edition_for
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import Attached, Filing, Owner
from motcua.filing.actions import submit
from motcua.payments.actions import set_council_fee
from motcua.payments.actions.billing import Decided
from motcua.payments.queries import council_fees
from motcua.people.actions.loading import load_agencies, load_people
from motcua.people.models import Agency, Citizen, Officer
from motcua.people.queries import actor_for, citizen_actor
from motcua.search.ports import Search

BIRTH = "1.001193"
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"


def load_demo() -> None:
    """Load everything; each part compares before it writes."""
    at = datetime.now(UTC)
    load_agencies(_read("agencies.yaml")["agencies"], at=at)
    load_people(_read("people.yaml"), at=at)
    catalogue.load_fields(_read("fields.yaml"), by=SYSTEM)
    load_shipped_procedures(at)
    load_council_fees(at)
    load_dossiers(at)
    provider(Search).find("", on=local(at).date())  # makes the index now, not at the first question


def load_shipped_procedures(at: datetime) -> None:
    """Publish what changed in ``data/procedures``."""
    disk = provider(ProcedureFiles)
    day = local(at).date()
    records = [record for file in disk.find(settings.DATA / "procedures") for record in disk.read(file, day)]
    catalogue.load_batch(records, source="data/procedures", by=SYSTEM, at=at)


def load_council_fees(at: datetime) -> None:
    """Write down what the council of the demo province decided; what stands there already stays."""
    decided = _read("council_fees.yaml")
    province = Agency.objects.get(code=decided["agency"]).id
    for fee in decided["fees"]:
        if not council_fees(province, fee["procedure"], local(at).date()).get(fee["name"]):
            set_council_fee(Decided(province, valid_from=decided["valid_from"], **fee), by=SYSTEM, at=at)


def load_dossiers(at: datetime) -> None:
    """File births of the last days and take them as far as their story says; stories told before are left alone."""
    ward = Agency.objects.get(code="H99.101")
    mother = citizen_actor(Citizen.objects.get(account__login="me.lan"))
    people = {role: _officer(login, ward, at) for role, login in OFFICERS.items()}
    edition = edition_for(BIRTH, local(at).date())
    paper = files.store([SCAN], at=at).sha256
    for number, (child, days_ago, story) in enumerate(STORIES):
        key = uuid5(NAMESPACE_URL, f"motcua-demo-{number}")
        if Dossier.objects.filter(pk=key).exists():
            continue
        filed = at - timedelta(days=days_ago)
        answers = {**_answers(), "ho_ten": child, "ngay_sinh": local(filed - timedelta(days=9)).date().isoformat()}
        attached = (Attached("giay-chung-sinh", paper, "giay-chung-sinh.pdf"),)
        owner = Owner("Nguyễn Thị Lan", "001196000101", "0900000101")
        filing = Filing(key, edition.id, ward.id, "online", owner, answers, attached)
        submit(filing, by=mother, at=filed)
        for hours, step in enumerate(story, 1):
            step(key, people, filed + timedelta(hours=hours))
    run_until_read(provider(Subscribers))


Step = Callable[[Any, dict[str, Actor], datetime], Any]
OFFICERS = {"reception": "tiepnhan.hoasen", "clerk": "hotich.hoasen", "approver": "chutich.hoasen"}


def _receive(key: Any, people: dict[str, Actor], at: datetime) -> None:
    actions.receive(key, by=people["reception"], at=at)


def _examine(key: Any, people: dict[str, Actor], at: datetime) -> None:
    actions.pass_on(key, "pass", by=people["clerk"], at=at)


def _ask(key: Any, people: dict[str, Actor], at: datetime) -> None:
    actions.ask_supplement(
        key, ["giay-chung-sinh"], "Ảnh giấy chứng sinh bị mờ, đề nghị chụp lại", by=people["clerk"], at=at
    )


def _grant(key: Any, people: dict[str, Actor], at: datetime) -> None:
    actions.decide(key, True, by=people["approver"], at=at)
    run_until_read(provider(Subscribers))


def _hand_over(key: Any, people: dict[str, Actor], at: datetime) -> None:
    actions.hand_over(key, by=people["reception"], at=at)


STORIES: tuple[tuple[str, int, tuple[Step, ...]], ...] = (
    ("Trần Minh Khôi", 6, (_receive, _examine, _grant, _hand_over)),
    ("Lê Bảo An", 5, (_receive, _examine, _grant)),
    ("Phạm Gia Hân", 4, (_receive, _examine)),
    ("Vũ Đức Anh", 3, (_receive,)),
    ("Hoàng Ngọc Diệp", 2, (_receive, _ask)),
    ("Đỗ Quốc Bảo", 0, ()),
)


def _answers() -> dict[str, Any]:
    found: dict[str, Any] = _read("demo_birth.yaml")
    return found


def _officer(login: str, agency: Agency, at: datetime) -> Actor:
    return actor_for(Officer.objects.get(account__login=login), agency, on=local(at).date())


def _read(name: str) -> Any:
    return yaml.safe_load((settings.DATA / name).read_text())
