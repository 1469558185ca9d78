"""What the State has is offered first, used by one tap, marked everywhere, and another file is always possible."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from motcua.base import wires
from motcua.catalogue.queries import edition_for
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.drafts import actions
from motcua.drafts.models import Draft, DraftPaper
from motcua.people.models import Account, Citizen
from motcua.people.queries import citizen_actor
from motcua.results.models import Result
from motcua.vault.models import Item, Version, item_id
from motcua.vault.ports import Document, Question, RegisterFailed, Registers
from tests.filing.residence import ANSWERS, KINSHIP, RESIDENCE
from tests.node import DAY, Node
from tests.vault.conftest import mother  # noqa: F401  # a fixture
from tests.vault.firm import TAX_CODE, filed_for, firm_of, granted

pytestmark = pytest.mark.usefixtures("here")
USED = "Tái sử dụng từ kho kết quả"


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, noon: Any) -> Iterator[None]:
    """It is the day after the hand-over."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon + timedelta(days=1))
    with translation.override("vi"):
        yield


@pytest.fixture
def its(mother: Node) -> Node:  # noqa: F811
    Node.publish(RESIDENCE, mother.noon)
    return mother


def signed_in(login: str = "me.lan") -> Client:
    client = Client()
    client.force_login(Account.objects.get(login=login), backend="motcua.people.queries.Sessions")
    return client


def written(node: Node, login: str = "me.lan") -> Draft:
    """A draft of permanent residence that lacks nothing but papers."""
    by, at = citizen_actor(Citizen.objects.get(account__login=login)), node.noon + timedelta(days=1)
    draft = actions.start_draft(edition_for(RESIDENCE, DAY).id, dict(ANSWERS), by=by, at=at)
    actions.set_filing(draft.id, agency=node.agency.id, return_by="counter", on_behalf_of={}, by=by, at=at)
    return draft


def page(client: Client, name: str, **where: Any) -> str:
    answer = client.get(reverse(f"portal:{name}", kwargs=where))
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


def button(html: str) -> str:
    (found,) = re.findall(r'name="_reuse" value="([^"]+)"', html)
    return found


def test_what_the_state_has_is_offered_used_by_one_tap_and_marked_everywhere(its: Node) -> None:
    client, draft = signed_in(), written(its)
    assert "1 giấy tờ Nhà nước đã có" in page(client, "draft", draft=draft.id)
    html, result = page(client, "papers", draft=draft.id), Result.objects.get()
    assert "Nhà nước đã có giấy này" in html
    assert f"Giấy khai sinh số {result.number}, do {its.agency.name} cấp ngày 10/11/2026" in html
    assert "Kho dữ liệu của bạn chưa có giấy này: hãy đính kèm" in html  # the other paper that is known somewhere
    assert html.index("Nhà nước đã có giấy này") < html.index('type="file"')  # what the State has stands first

    answer = client.post(reverse("portal:papers", args=[draft.id]), {"_reuse": button(html)})
    assert answer.headers["Location"] == reverse("portal:papers", args=[draft.id]) + f"#giay-{KINSHIP}"
    kept = DraftPaper.objects.get()
    assert (kept.paper, kept.file_id, kept.source) == (KINSHIP, result.file_id, result.stream)
    html = page(client, "papers", draft=draft.id)
    assert USED in html and "Bỏ, dùng tệp khác" in html and 'name="_reuse"' not in html
    assert f'name="tep-{KINSHIP}"' not in html  # nobody is asked for it

    assert f"Giấy khai sinh ({result.number}) — {USED}" in page(client, "review", draft=draft.id)
    client.post(reverse("portal:file", args=[draft.id]))
    dossier = Dossier.objects.get(pk=draft.id)
    assert USED in page(client, "dossier", code=dossier.code)
    assert [each.source for each in dossier.papers.all()] == [result.stream]


def test_another_file_may_be_used_instead(its: Node) -> None:
    client, draft = signed_in(), written(its)
    at = reverse("portal:papers", args=[draft.id])
    client.post(at, {"_reuse": button(page(client, "papers", draft=draft.id))})
    client.post(at, {"_remove": str(DraftPaper.objects.get().id)})
    client.post(at, {f"tep-{KINSHIP}": SimpleUploadedFile("ban sao.pdf", b"%PDF-1.4\nother\n%%EOF\n")})
    assert [(each.label, each.source) for each in DraftPaper.objects.all()] == [("ban sao.pdf", "")]
    html = page(client, "papers", draft=draft.id)
    assert USED not in html and "Dùng giấy này" in html


def test_a_file_sent_with_the_tap_is_kept_too(its: Node) -> None:
    client, draft = signed_in(), written(its)
    sent = SimpleUploadedFile("hop dong.pdf", b"%PDF-1.4\nlease\n%%EOF\n")
    chosen = button(page(client, "papers", draft=draft.id))
    client.post(reverse("portal:papers", args=[draft.id]), {"_reuse": chosen, "tep-hop-dong-thue": sent})
    assert {each.paper for each in DraftPaper.objects.all()} == {KINSHIP, "hop-dong-thue"}


def test_what_was_made_up_is_refused_at_its_place(its: Node) -> None:
    client, draft = signed_in(), written(its)
    item = button(page(client, "papers", draft=draft.id)).partition(":")[2]
    stranger = signed_in("chu.hung")
    theirs = written(its, "chu.hung")
    assert 'name="_reuse"' not in page(stranger, "papers", draft=theirs.id)
    table = [
        (stranger, theirs, f"{KINSHIP}:{item}", 422, "không có trong kho dữ liệu"),
        (stranger, draft, f"{KINSHIP}:{item}", 404, ""),
        (client, draft, f"cho-o-hop-phap:{item}", 422, "không phải là giấy tờ được yêu cầu"),
        (client, draft, f"khac:{item}", 422, ""),
        (client, draft, f"{KINSHIP}:{Result.objects.get().id}", 422, "không có trong kho dữ liệu"),
        (client, draft, f"{KINSHIP}:1", 404, ""),
        (client, draft, "on", 404, ""),
    ]
    found = []
    for who, whose, value, _, words in table:
        answer = who.post(reverse("portal:papers", args=[whose.id]), {"_reuse": value})
        found.append((value, answer.status_code, words in answer.content.decode()))
    assert found == [(value, status, True) for _, _, value, status, _ in table]
    assert not DraftPaper.objects.exists()


def test_for_somebody_else_nothing_is_offered(its: Node) -> None:
    client, draft = signed_in(), written(its)
    behalf = {"name": "Trần Văn Ba", "identity_number": "", "basis": "Giấy uỷ quyền"}
    Draft.objects.filter(pk=draft.id).update(on_behalf_of=behalf)
    html = page(client, "papers", draft=draft.id)
    assert 'name="_reuse"' not in html and "Kho dữ liệu của bạn" not in html
    assert "Nhà nước đã có" not in page(client, "draft", draft=draft.id)


def test_a_supplement_is_answered_with_what_the_state_has(its: Node) -> None:
    from motcua.dossiers import actions as dossiers
    from tests.filing.residence import residence

    dossier = its.submitted(**{name: getattr(residence(its), name) for name in ("edition", "answers", "papers")})
    dossiers.ask_supplement(dossier.id, [KINSHIP], "Thiếu giấy khai sinh", by=its.reception, at=its.noon)
    client = signed_in()
    at, html = reverse("portal:supplement", args=[dossier.code]), page(client, "supplement", code=dossier.code)
    assert "Nhà nước đã có giấy này" in html
    client.post(at, {"_reuse": button(html)})
    seen = re.search(r'name="seen" value="(\d+)"', page(client, "supplement", code=dossier.code))
    assert seen
    client.post(at, {"_send": "1", "seen": seen[1]})
    assert [each.source for each in DossierPaper.objects.filter(dossier=dossier)] == [
        Result.objects.get(kind="KQ.G15.000031").stream
    ]


class Population:
    """A register that has the card of everybody, or is down."""

    down = False

    def find(self, question: Question) -> list[Document]:
        """One card."""
        if self.down:
            raise RegisterFailed
        return [Document("the", "Thẻ căn cước", "T1", "Bộ Công an", "the.pdf", f"/{question.holder}")]

    def fetch(self, address: str) -> bytes:
        """The file of that card."""
        if self.down:
            raise RegisterFailed
        return b"%PDF-1.4\n" + address.encode() + b"\n%%EOF\n"


def test_a_register_is_asked_by_one_tap_and_when_it_is_down_a_file_is_taken(
    its: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    register, client = Population(), signed_in()
    monkeypatch.setitem(wires._bound, Registers, Registers({"population": register}))
    Node.publish("3.000333", its.noon)
    draft = actions.start_draft(edition_for("3.000333", DAY).id, {}, by=its.mother, at=its.noon)
    at = reverse("portal:papers", args=[draft.id])
    assert "Cơ sở dữ liệu quốc gia về dân cư có thể đã có giấy này" in page(client, "papers", draft=draft.id)

    register.down = True
    told = client.post(at, {"_ask": "population"}, follow=True).content.decode()
    assert "Cơ sở dữ liệu quốc gia về dân cư chưa trả lời. Bạn vẫn nộp được" in told
    assert 'name="tep-giay-to-tuy-than"' in told

    register.down = False
    client.post(at, {"_ask": "population"})
    html = page(client, "papers", draft=draft.id)
    assert "Thẻ căn cước số T1, Bộ Công an" in html
    register.down = True  # it goes away before its file was fetched
    assert client.post(at, {"_reuse": button(html)}).status_code == 422
    assert not DraftPaper.objects.exists()
    register.down = False
    client.post(at, {"_reuse": button(html)})
    assert DraftPaper.objects.get().source == f"register:population:{Item.objects.get(kind='register').pk}"
    assert "Lấy từ cơ sở dữ liệu của Nhà nước" in page(client, "papers", draft=draft.id)


def test_a_draft_for_an_organisation_offers_what_the_organisation_has_and_files_it(committed_node: Node) -> None:
    node = committed_node
    firm = firm_of(node)
    granted(node, filed_for(node))
    Node.publish(RESIDENCE, node.noon)
    client, draft = signed_in(), written(node)
    assert "Nhà nước đã có giấy này" not in page(client, "papers", draft=draft.id)
    where = reverse("portal:filing", args=[draft.id])
    behalf = {"behalf_name": "Công ty Hoa Sen", "behalf_identity_number": TAX_CODE, "behalf_basis": "Người đại diện"}
    answer = client.post(where, {"agency": str(node.agency.id), "return_by": "counter", **behalf})
    assert answer.status_code == 302
    html = page(client, "papers", draft=draft.id)
    assert f"Giấy khai sinh số {Result.objects.get().number}" in html
    client.post(reverse("portal:papers", args=[draft.id]), {"_reuse": button(html)})
    assert client.post(reverse("portal:file", args=[draft.id])).status_code == 302
    dossier = Dossier.objects.get(pk=draft.id)
    assert dossier.organisation == firm.id
    assert [each.source for each in dossier.papers.all()] == [Result.objects.get().stream]


def test_thirty_items_cost_as_many_queries_as_one(its: Node) -> None:
    client, draft = signed_in(), written(its)
    address = reverse("portal:papers", args=[draft.id])
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        assert client.get(address).content.decode().count('name="_reuse"') == 1
    first = Version.objects.get(result__isnull=False)
    for number in range(29):
        key = f"result:{number}"
        item = Item.objects.create(
            id=item_id(its.mother.id, key), citizen_id=its.mother.id, kind="result", key=key, title="Giấy khai sinh"
        )
        Version.objects.create(
            id=item_id(item.id, key), item=item, source=f"paper:{number}", file_id=first.result.file_id, at=first.at,
            number=str(number), kind=first.result.kind, agency=first.agency, vouched_at=first.at,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as thirty:
        assert client.get(address).content.decode().count('name="_reuse"') == 30
    assert len(thirty) == len(one)


def test_what_the_register_withdrew_since_it_was_chosen_is_not_filed(
    its: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    register, client = Population(), signed_in()
    monkeypatch.setitem(wires._bound, Registers, Registers({"population": register}))
    Node.publish("3.000333", its.noon)
    draft = actions.start_draft(edition_for("3.000333", DAY).id, {}, by=its.mother, at=its.noon)
    at = reverse("portal:papers", args=[draft.id])
    client.post(at, {"_ask": "population"})
    client.post(at, {"_reuse": button(page(client, "papers", draft=draft.id))})
    assert draft.papers.get().source.startswith("register:population:")
    monkeypatch.setattr(register, "find", lambda _question: [])
    client.post(reverse("portal:file", args=[draft.id]))
    assert Version.objects.get(source=draft.papers.get().source).vouched_at is None
    assert 'name="_reuse"' not in page(client, "papers", draft=draft.id)
