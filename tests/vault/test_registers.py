"""Connected registers: what they say is offered, what they can't prove is not, and their bad days harm nobody."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import pytest

from motcua.base.errors import Invalid, NotFound, Refused
from motcua.base.models import Fact
from motcua.base.wires import bind
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor
from motcua.people.states import DECLARED
from motcua.vault import actions, checks, queries
from motcua.vault.adapters import lookup
from motcua.vault.adapters.lookup import Lookup
from motcua.vault.models import Item, Version
from motcua.vault.ports import Document, Question, RegisterFailed, Registers
from tests.node import DAY, Node, paper
from tests.vault.firm import TAX_CODE, firm_of, hung
from tests.vault.test_offers import asks

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/A 7>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LAN = "001196000101"
QUESTION = Question(LAN, LAN, "Nguyễn Thị Lan", 2, "9.1", ("LAND.1",))


class Fake:
    """A register over HTTP that says what it is told to say; ``asked`` are the bodies it was sent."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.answer: Any = told()
        self.file, self.status, self.delay = PDF, 200, threading.Event()
        self.slow = False


def told(number: str = "BA 123456", address: str = "/tep/1", **more: Any) -> dict[str, Any]:
    """An answer with one document."""
    one = {
        "MaKetQua": "LAND.1", "TenGiayTo": "Giấy chứng nhận quyền sử dụng đất", "SoKyHieu": number,
        "CoQuanChuQuan": "Sở Nông nghiệp và Môi trường", "DanhSachTepDinhKem": [{"TenTep": "gcn.pdf",
                                                                              "DuongDan": address}],
    }  # fmt: skip
    return {"DanhSachGiayToKetQua": [one | more]}


@contextmanager
def served(fake: Fake) -> Iterator[Lookup]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fake.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            if fake.slow:
                fake.delay.wait(5)
            raw = fake.answer if isinstance(fake.answer, bytes) else json.dumps(fake.answer).encode()
            self.say(raw)

        def do_GET(self) -> None:
            self.say(fake.file)

        def say(self, raw: bytes) -> None:
            self.send_response(fake.status)
            if fake.status == 302:
                self.send_header("Location", "http://169.254.169.254/")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Lookup(f"http://127.0.0.1:{server.server_port}/tra-cuu", most_file_bytes=10_000)
    finally:
        fake.delay.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def land(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    """The register of land behind the port, for one test."""
    monkeypatch.setattr(lookup, "WAIT_SECONDS", 0.3)
    fake = Fake()
    with served(fake) as register:
        bind(Registers, Registers({"land": register}))
        yield fake
    bind(Registers, Registers())


WANTED = asks("register:land LAND.1", "Giấy chứng nhận quyền sử dụng đất")


def offered(node: Node) -> list[tuple[str, str, str, str]]:
    found = queries.offers(UUID(node.mother.id), WANTED, on=DAY).get("giay", [])
    return [(each.title, each.number, each.source, each.sha256) for each in found]


def test_what_a_register_has_is_offered_fetched_and_proved(node: Node, land: Fake) -> None:
    assert actions.ask_registers(node.mother.id, WANTED, by=node.mother, at=node.noon) == []
    assert land.asked == [
        {"SoDinhDanhChuSoHuu": LAN, "HoTenNguoiYeuCau": node.mother.name, "KenhThucHien": 2,
         "SoDinhDanhNguoiYeuCau": LAN, "MaThuTuc": "9.1",
         "DanhSachDanhMucKetQua": [{"MaKetQua": "LAND.1", "SoKyHieu": ""}]}
    ]  # fmt: skip
    source = f"register:land:{Item.objects.get().id}"
    assert offered(node) == [("Giấy chứng nhận quyền sử dụng đất", "BA 123456", source, "")]
    version, holder = Version.objects.get(), UUID(node.mother.id)
    with pytest.raises(Refused, match="reuse_not_fetched"):
        queries.must_prove(version.id, WANTED.papers[0], holder, on=DAY)
    hung = citizen_actor(Citizen.objects.get(account__login="chu.hung"))
    with pytest.raises(NotFound, match="item_unknown"):
        actions.fetch(version.id, by=hung, at=node.noon)
    assert Version.objects.get().file_id is None
    actions.fetch(version.id, by=node.mother, at=node.noon)
    actions.fetch(version.id, by=node.mother, at=node.noon)
    sha256 = paper(node.noon, PDF)
    assert queries.must_prove(version.id, WANTED.papers[0], holder, on=DAY) == queries.Evidence(
        source, "BA 123456", sha256, "Giấy chứng nhận quyền sử dụng đất (BA 123456)"
    )
    assert Fact.objects.filter(name="vault.fetched").count() == 1
    other = asks("register:population LAND.2", "Giấy chứng nhận quyền sử dụng đất")
    with pytest.raises(Refused, match="reuse_other_kind"):
        queries.must_prove(version.id, other.papers[0], holder, on=DAY)


def test_a_number_in_a_register_may_be_the_persons_own_and_stands_in_no_fact(node: Node, land: Fake) -> None:
    land.answer = told(number=LAN)
    for _ in range(2):
        actions.ask_registers(node.mother.id, WANTED, by=node.mother, at=node.noon)
    version = Version.objects.get()
    actions.fetch(version.id, by=node.mother, at=node.noon)
    ((_, number, source, _),) = offered(node)
    assert (number, LAN in source) == (LAN, False)
    told_of = Fact.objects.filter(name__startswith="vault.").values_list("stream", "data")
    assert len(told_of) == 3 and LAN not in str(list(told_of))


def test_asked_again_it_is_the_same_item(node: Node, land: Fake) -> None:
    for address in ("/tep/1", "/tep/2"):
        land.answer = told(address=address)
        actions.ask_registers(node.mother.id, WANTED, by=node.reception, at=node.noon)
    assert (Item.objects.count(), Version.objects.get().address) == (1, "/tep/2")
    assert land.asked[0]["KenhThucHien"] == 1


def test_bad_days_of_a_register_offer_nothing_and_stop_nobody(node: Node, land: Fake) -> None:
    bad: dict[str, Callable[[], None]] = {
        "down": lambda: setattr(land, "status", 503),
        "sends elsewhere": lambda: setattr(land, "status", 302),
        "slow": lambda: setattr(land, "slow", True),
        "garbage": lambda: setattr(land, "answer", b"\x00\xff<html>"),
        "a list": lambda: setattr(land, "answer", [1, 2]),
        "deep": lambda: setattr(land, "answer", b'{"a":' * 5000),
        "without its list": lambda: setattr(land, "answer", {}),
        "a document without a number": lambda: setattr(land, "answer", told(number=" ")),
        "numbers for text": lambda: setattr(land, "answer", told(TenGiayTo=7)),
        "another person's document": lambda: setattr(land, "answer", told(SoDinhDanhChuSoHuu="001085000102")),
        "about another person": lambda: setattr(land, "answer", told() | {"SoDinhDanhChuSoHuu": "001085000102"}),
        "what nobody asked for": lambda: setattr(land, "answer", told(MaKetQua="TAX.9")),
        "too much": lambda: setattr(land, "answer", b" " * 2_000_001),
    }
    for name, happens in bad.items():
        land.answer, land.status, land.slow = told(), 200, False
        happens()
        assert actions.ask_registers(node.mother.id, WANTED, by=node.mother, at=node.noon) == ["land"], name
        assert offered(node) == [], name
    assert (Item.objects.count(), Fact.objects.filter(name__startswith="vault.").count()) == (0, 0)


def test_a_file_is_taken_from_the_register_alone_and_looked_at_like_any_other(node: Node, land: Fake) -> None:
    def fetched(address: str) -> None:
        Version.objects.all().delete()
        land.answer = told(address=address)
        actions.ask_registers(node.mother.id, WANTED, by=node.mother, at=node.noon)
        actions.fetch(Version.objects.get().id, by=node.mother, at=node.noon)

    for address in (
        "http://169.254.169.254/latest",
        "file:///etc/passwd",
        "//evil.example/x",
        "http://127.0.0.1:1/x",
    ):
        with pytest.raises(Refused, match="reuse_not_fetched"):
            fetched(address)
    land.file = b"x" * 10_001
    with pytest.raises(Refused, match="reuse_not_fetched"):
        fetched("/tep/1")
    land.file = b"<html>Not a document</html>"
    with pytest.raises(Invalid, match="file_type_refused"):
        fetched("/tep/1")
    assert Version.objects.get().file_id is None
    assert not Fact.objects.filter(name="vault.fetched").exists()


def test_nobody_is_asked_about_who_only_claims_a_number_or_where_the_edition_names_no_register(
    node: Node, land: Fake
) -> None:
    actions.ask_registers(node.mother.id, asks("results"), by=node.mother, at=node.noon)
    actions.ask_registers(node.mother.id, asks("register:khac"), by=node.mother, at=node.noon)
    Citizen.objects.update(verification=DECLARED)
    actions.ask_registers(node.mother.id, WANTED, by=node.mother, at=node.noon + timedelta(hours=1))
    assert land.asked == []


def test_the_adapter_gives_what_it_was_told(land: Fake) -> None:
    with served(land) as register:
        land.answer = told() | {"SoDinhDanhChuSoHuu": LAN}
        assert register.find(QUESTION) == [
            Document("LAND.1", "Giấy chứng nhận quyền sử dụng đất", "BA 123456", "Sở Nông nghiệp và Môi trường",
                     "gcn.pdf", "/tep/1")
        ]  # fmt: skip
        assert register.fetch("/tep/1") == PDF
        with pytest.raises(RegisterFailed):
            register.fetch("http://[::1")
    with pytest.raises(RegisterFailed):
        register.find(QUESTION)  # nobody listens any more
    with pytest.raises(ValueError, match="not an address"):
        Lookup("ftp://so-lieu")


def ask(node: Node, days: int = 0, definition: Any = WANTED) -> None:
    actions.ask_registers(node.mother.id, definition, by=node.mother, at=node.noon + timedelta(days=days))


def test_what_a_register_names_no_more_is_not_offered_nor_proved_and_comes_back_when_it_does(
    node: Node, land: Fake
) -> None:
    ask(node)
    version, holder = Version.objects.get(), UUID(node.mother.id)
    actions.fetch(version.id, by=node.mother, at=node.noon)
    assert queries.must_prove(version.id, WANTED.papers[0], holder, on=DAY).source == version.source
    land.answer = told(number="CC 999")  # another document now
    ask(node)
    assert [number for _, number, *_ in offered(node)] == ["CC 999"]
    with pytest.raises(Refused) as no:
        queries.must_prove(version.id, WANTED.papers[0], holder, on=DAY)
    assert no.value.code == "reuse_not_in_force"
    land.answer = {"DanhSachGiayToKetQua": []}
    ask(node)
    assert offered(node) == []
    land.answer = told()
    ask(node)
    assert [(number, sha256 != "") for _, number, _, sha256 in offered(node)] == [("BA 123456", True)]


def test_an_answer_about_other_kinds_says_nothing_of_what_was_not_asked_for(node: Node, land: Fake) -> None:
    ask(node)
    land.answer = told(MaKetQua="LAND.2", number="X 1")
    ask(node, definition=asks("register:land LAND.2", "Giấy khác"))
    assert {number for _, number, *_ in offered(node)} == {"BA 123456", "X 1"}


def test_an_answer_stands_a_day_and_then_the_register_is_asked_again(node: Node, land: Fake) -> None:
    ask(node)
    version, holder = Version.objects.get(), UUID(node.mother.id)
    actions.fetch(version.id, by=node.mother, at=node.noon)
    found = [bool(queries.offers(holder, WANTED, on=DAY + timedelta(days=days))) for days in (0, 1, 2)]
    assert found == [True, True, False]
    with pytest.raises(Refused, match="reuse_not_in_force"):
        queries.must_prove(version.id, WANTED.papers[0], holder, on=DAY + timedelta(days=2))
    ask(node, days=2)
    assert queries.offers(holder, WANTED, on=DAY + timedelta(days=2)) != {}


def test_before_it_is_filed_the_register_is_asked_and_another_file_is_another_version(node: Node, land: Fake) -> None:
    ask(node)
    first, holder = Version.objects.get(), UUID(node.mother.id)
    actions.fetch(first.id, by=node.mother, at=node.noon)

    def confirm(minutes: int) -> None:
        at = node.noon + timedelta(minutes=minutes)
        actions.confirm([first.source], holder, WANTED, by=node.mother, at=at)

    confirm(1)
    assert Version.objects.count() == 1
    land.status = 503  # its last answer counts
    confirm(2)
    assert queries.must_prove(first.id, WANTED.papers[0], holder, on=DAY).source == first.source
    land.status, land.file = 200, PDF + b"% changed\n"
    confirm(3)
    (new,) = Version.objects.exclude(pk=first.pk)
    assert (new.item_id, new.number, new.source != first.source) == (first.item_id, first.number, True)
    with pytest.raises(Refused, match="reuse_not_in_force"):
        queries.must_prove(first.id, WANTED.papers[0], holder, on=DAY)
    assert queries.must_prove(new.id, WANTED.papers[0], holder, on=DAY).sha256 == paper(node.noon, land.file)
    kept = Version.objects.get(pk=first.pk)
    assert kept.file_id == paper(node.noon, PDF)  # what older dossiers rest on
    assert list(checks.check_versions()) == []
    land.answer = {"DanhSachGiayToKetQua": []}
    confirm(4)
    assert queries.offers(holder, WANTED, on=DAY) == {}


def test_about_an_organisation_a_register_is_asked_by_tax_code_and_only_by_who_represents_it(
    node: Node, land: Fake
) -> None:
    firm = firm_of(node)
    assert actions.ask_registers(firm.id, WANTED, by=hung(), at=node.noon) == []
    assert land.asked == []
    for by, asker in ((node.mother, LAN), (node.reception, node.reception.id)):
        actions.ask_registers(firm.id, WANTED, by=by, at=node.noon)
        assert (land.asked[-1]["SoDinhDanhChuSoHuu"], land.asked[-1]["SoDinhDanhNguoiYeuCau"]) == (TAX_CODE, asker)
    assert [each.number for each in queries.offers(firm.id, WANTED, on=DAY)["giay"]] == ["BA 123456"]
    assert queries.offers(UUID(node.mother.id), WANTED, on=DAY) == {}
    version = Version.objects.get()
    with pytest.raises(NotFound, match="item_unknown"):
        actions.fetch(version.id, by=hung(), at=node.noon)
    actions.fetch(version.id, by=node.mother, at=node.noon)
    assert queries.must_prove(version.id, WANTED.papers[0], firm.id, on=DAY).number == "BA 123456"
    firm_of(node, "chu.hung")
    assert actions.ask_registers(firm.id, WANTED, by=node.mother, at=node.noon) == []
    assert len(land.asked) == 2
