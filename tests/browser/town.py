"""A ward on a working day: the demo's dossiers, and one of everything that people meet behind links."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from motcua.base.actor import SYSTEM
from motcua.base.cursors import Subscribers, run_until_read
from motcua.base.wires import bind, provider
from motcua.base.worktime import local
from motcua.catalogue.queries import edition_for
from motcua.desks.actions import groups, tickets
from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Standing
from motcua.drafts.actions.writing import start_draft
from motcua.gateways.adapters.vietqr import VietQR
from motcua.mandates.actions import Authority, give
from motcua.opinions.actions import Question, ask_opinion
from motcua.payments import actions as money
from motcua.payments import outside
from motcua.payments.models import Bill
from motcua.people.models import Citizen
from motcua.results import jobs as results
from motcua.signing.ports import Keys
from motcua.sites.cli.demo_data import load_demo
from motcua.surveys import actions as surveys
from motcua.surveys import jobs as survey_jobs
from motcua.vault.actions.sharing import Sharing, share
from motcua.vault.models import Version
from tests.certifying.copies import certified, compared, taken
from tests.filing.residence import RESIDENCE
from tests.node import BIRTH, DAY, Node
from tests.payments.money import banks
from tests.signing.ca import signing_keys
from tests.sites.desk import signed_in

EXTRACT = "2.000635"  # a copy of a civil-status extract, for a fee
REQUEST = {
    "nyc_ho_ten": "Nguyễn Thị Lan", "nyc_so_dinh_danh": "001196000101", "nyc_dien_thoai": "0900000101",
    "nyc_noi_cu_tru": "Phường Hoa Sen", "nyc_quan_he": "Bản thân", "loai_viec": "khai_sinh",
    "ho_ten": "Nguyễn Thị Lan", "ngay_sinh": "1996-03-12", "noi_dang_ky": "Ủy ban nhân dân phường Hoa Sen",
    "so_ban_sao": 2, "cam_doan": True,
}  # fmt: skip
ACCOUNT = {"bank": "970436", "bank_name": "Ngân hàng trình diễn", "number": "99900001", "holder": "PHƯỜNG HOA SEN"}
MINUTE = timedelta(minutes=1)


@contextmanager
def town(at: datetime, folder: Path) -> Iterator[list[str]]:
    """The demo as it is loaded, and since then somebody has done each thing once, some minutes before ``at``.

    Gives the codes of the dossiers, one for each state and each way that paying may go.
    """
    load_demo()
    node, before = Node.load(at - 9 * MINUTE), provider(Keys)  # type: ignore[type-abstract]
    bind(Keys, signing_keys(folder, at))  # type: ignore[type-abstract]
    try:
        with banks() as ways:
            ways["vietqr"] = VietQR("nowhere", {"H99.101": ACCOUNT})
            told = bills(node, local(at).date())
            shared(node, at)
            works(node)
            designed(node)
            read()
            states = Standing.objects.order_by("state", "-pk").distinct("state").select_related("dossier")
            yield sorted({*told, *(each.dossier.code for each in states)})
    finally:
        bind(Keys, before)  # type: ignore[type-abstract]


def read() -> None:
    """What the worker does."""
    run_until_read(provider(Subscribers))
    results.seal_waiting()
    run_until_read(provider(Subscribers))


def bills(node: Node, day: date) -> list[str]:
    """Owed, taken in cash, declined, without an answer, waiting for a transfer; the day is reconciled."""
    edition = edition_for(EXTRACT, DAY).id
    made = [node.submitted(edition=edition, answers=REQUEST, papers=()) for _ in range(5)]
    read()
    _owed, cash, declined, unknown, transfer = (Bill.objects.get(reference=each.stream) for each in made)
    money.take(cash.id, "cash", by=node.reception, at=node.noon)
    tried = money.ask(declined.id, "sandbox", "declined", by=node.mother, at=node.noon)
    money.failed(tried.id, "declined", by=SYSTEM, at=node.noon)
    outside.begin(unknown.id, "sandbox", "unknown", by=node.mother, at=node.noon)
    outside.begin(transfer.id, "vietqr", "transfer", by=node.mother, at=node.noon)
    money.reconcile("sandbox", day - timedelta(days=1), (), by=SYSTEM, at=node.noon)
    return [each.code for each in made]


def shared(node: Node, at: datetime) -> None:
    """The mother shows her certificate to the ward and to a neighbour, and lets him act in a matter of hers."""
    version = Version.objects.filter(result__isnull=False).earliest("at")
    until, neighbour = local(at).date() + timedelta(days=30), Citizen.objects.get(account__login="chu.hung")
    share(Sharing(version.id, until, "Làm hộ chiếu", agency=node.agency.id), by=node.mother, at=at)
    number, name = neighbour.identity_number, neighbour.full_name
    share(Sharing(version.id, until, "Nhập học", identity_number=number), by=node.mother, at=at)
    matter = Dossier.objects.latest("submitted_at").stream
    give(Authority(matter, number, name, until, "Giấy uỷ quyền"), by=node.mother, at=at)
    for code in (BIRTH, RESIDENCE):
        start_draft(edition_for(code, DAY).id, {}, by=node.mother, at=at)


def works(node: Node) -> None:
    """An opinion is asked, a result waits for its signature, copies stand at each stage; a queue, a group."""
    question = Question("Người mẹ có đăng ký thường trú ở đây không?", agency="H99.102", hours=8)
    moment = node.noon + MINUTE
    actions.receive((first := node.submitted()).id, by=node.reception, at=node.noon)
    ask_opinion(first.id, question, by=node.clerk, at=moment)
    actions.receive((second := node.submitted()).id, by=node.reception, at=node.noon)
    actions.pass_on(second.id, "pass", by=node.clerk, at=moment)
    actions.decide(second.id, True, by=node.approver, at=moment)
    for stage in (taken, compared, certified):
        stage(node)
    queue = tickets.open_queue("Hộ tịch", by=node.reception)
    tickets.give_ticket(queue.id, by=node.reception, at=moment)
    group = groups.make_group("Trường Tiểu học Hoa Sen", by=node.reception, at=moment)
    groups.put_in(group.id, [first.id], by=node.reception, at=moment)


def designed(node: Node) -> None:
    """The once-only report, and the next edition of birth registration on the bench."""
    surveys.ask(by=node.approver, at=node.noon)
    while survey_jobs.compute():
        pass
    signed_in("quantri").post(f"/quan-tri/thu-tuc/{BIRTH}/phien-ban-moi/")
