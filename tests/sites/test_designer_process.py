"""The process of a draft, drawn and changed on plain pages; recorded runs asked of every new edition."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from msgspec.structs import replace

from motcua import wiring
from motcua.base.cursors import run_until_read
from motcua.base.models import Fact
from motcua.catalogue import actions
from motcua.catalogue.definition import Definition, Exit, Opinion, Step, Task, Timeout, parse
from motcua.catalogue.models import Edition, RecordedRun
from motcua.catalogue.queries import runs_of
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier
from motcua.people.models import Agency
from motcua.processes.runs import Run, Taken
from tests.node import BIRTH, Node, officer
from tests.sites.desk import Clock, signed_in, text_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class Fields(HTMLParser):
    """What a browser would post of the form that has ``seen``."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and (given.get("type") not in {"checkbox", "radio"} or "checked" in given):
            self.found[name] = given.get("value") or ""
        if tag == "select":
            self.select = name
            self.found[name] = ""
        if tag == "option" and "selected" in given:
            self.found[self.select] = given.get("value") or ""


@pytest.fixture
def client(node: Node, clock: Clock) -> Client:
    """The administrator, with the next edition of birth registration begun."""
    client = signed_in("quantri")
    client.post(f"/quan-tri/thu-tuc/{BIRTH}/phien-ban-moi/")
    return client


def draft() -> Edition:
    return Edition.objects.get(procedure__code=BIRTH, state="draft")


def says() -> Definition:
    return parse(draft().definition)


def at(more: str = "") -> str:
    return f"/quan-tri/ban-nhap/{draft().id}/{more}"


def post(client: Client, more: str, **given: Any) -> Any:
    return client.post(at(more), {"seen": draft().content_hash, **given})


def save(client: Client, code: str, **given: str) -> Any:
    """Open the page of a step, type ``given`` over what stands there (``exits_0_to``), and save it."""
    page = client.get(at(f"quy-trinh/buoc/{code}/"))
    assert page.status_code == 200
    typed = {re.sub(r"^([a-z]+)_(\d+)_", r"\1-\2-", name): value for name, value in given.items()}
    return client.post(at(f"quy-trinh/buoc/{code}/"), {**Fields(page.content.decode()).found, **typed})


def test_the_page_shows_the_picture_the_steps_and_the_hours_against_the_limit(client: Client) -> None:
    page = text_of(client.get(at("quy-trinh/")))
    assert "8 giờ / 8 giờ = 1 ngày làm việc" in page and "Khớp thời hạn" in page
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="process"' in page
    for name in ("Tiếp nhận", "Thẩm tra", "Ký duyệt", "Trả kết quả"):
        assert f">{name}</a></h3>" in page
    assert "Yêu cầu bổ sung → Người nộp bổ sung" in page
    assert "Chưa công bố được" not in page


def test_what_is_shown_can_be_saved_as_it_stands(client: Client) -> None:
    before = says()
    for step in before.process:
        assert save(client, step.step).status_code == 302
    assert says() == before


def test_a_step_gets_other_hours_and_the_sum_tells_that_it_does_not_fit(client: Client) -> None:
    answer = save(client, "tham-tra", hours="5,5", name="Thẩm định")
    step = says().process[1]
    assert (step.hours, step.name) == (5.5, "Thẩm định")
    page = text_of(client.get(at("quy-trinh/")))
    assert answer.status_code == 302
    assert "9,5 giờ / 8 giờ = 1 ngày làm việc" in page and "Chưa khớp thời hạn" in page
    assert "Các bước cộng lại 9.5 giờ, còn thời hạn của cách nộp “Trực tiếp” là 8 giờ." in page


def test_exits_tasks_opinions_and_timeouts_are_rows(client: Client) -> None:
    save(
        client, "tham-tra", exits_3_name="Chuyển nhanh", exits_3_name_en="Quick way", exits_3_to="ky",
        exits_3_when='dossier.channel == "online"',
        tasks_0_name="Đối chiếu sổ hộ tịch", tasks_0_hours="1",
        opinions_0_name="Xác minh nơi sinh", opinions_0_hours="4",
        timeouts_0_hours="2", timeouts_0_then="remind",
    )  # fmt: skip
    step = says().process[1]
    assert step.then["chuyen_nhanh"] == Exit("ky", 'dossier.channel == "online"', "Chuyển nhanh", "Quick way")
    assert step.tasks == (Task("doi-chieu-so-ho-tich", "Đối chiếu sổ hộ tịch", "", 1),)
    assert step.opinions == (Opinion("xac-minh-noi-sinh", "Xác minh nơi sinh", 4),)
    assert step.timeouts == (Timeout("remind", 2),)
    page = text_of(client.get(at("quy-trinh/")))
    assert "Chuyển nhanh → Ký duyệt" in page and "khi Hình thức nộp là trực tuyến" in page
    save(client, "tham-tra", exits_3_DELETE="on", tasks_0_DELETE="on", opinions_0_DELETE="on", timeouts_0_DELETE="on")
    step = says().process[1]
    assert (len(step.then), step.tasks, step.opinions, step.timeouts) == (3, (), (), ())


def test_a_step_without_a_limit_is_not_one_of_no_hours(client: Client) -> None:
    save(client, "tham-tra", hours="")
    assert says().process[1].hours is None
    save(client, "tham-tra", hours="0")
    assert says().process[1].hours == 0


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("khong_co > 3", "Điều kiện dùng tên không có: “khong_co”."),
        ("ho_ten_con ==", "Điều kiện dùng tên không có: “ho_ten_con”."),
        ('dossier.supplements > "2"', "không so được hai kiểu khác nhau"),
        ("dossier.supplements", "Đây không phải điều kiện đúng hoặc sai"),
        ("dossier.supplements &", "Không hiểu “&amp;” ở chữ thứ 21"),
    ],
)
def test_a_condition_is_checked_at_once_and_kept_as_typed(client: Client, when: str, told: str) -> None:
    """While it is typed (htmx) and when it is saved: a draft may be wrong, it is told at its step."""
    asked = client.post(
        at("quy-trinh/dieu-kien/"), {"exits-1-when": when},
        headers={"HX-Request": "true", "HX-Trigger-Name": "exits-1-when"},
    )  # fmt: skip
    answer = save(client, "tham-tra", exits_0_when=when)
    page = text_of(client.get(answer["Location"]))
    assert answer["Location"].endswith("/quy-trinh/buoc/tham-tra/")
    if when != "ho_ten_con ==":
        assert told in text_of(asked)
        assert told in page and "Bước Thẩm tra, “Chuyển tiếp”" in page
    assert says().process[1].exit("pass") == Exit("ky", when)


def test_a_good_condition_is_said_to_be_understood(client: Client) -> None:
    asked = client.post(at("quy-trinh/dieu-kien/"), {"exits-0-when": 'dossier.channel == "online"'})
    assert "Điều kiện hiểu được." in text_of(asked)
    assert "Điều kiện" not in text_of(client.post(at("quy-trinh/dieu-kien/"), {"exits-0-when": " "}))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"hours": "bốn"}, "Hãy ghi số giờ từ 0 đến dưới 10.000"),
        ({"hours": "nan"}, "Hãy ghi số giờ từ 0 đến dưới 10.000"),
        ({"name": ""}, "Mục này chưa được trả lời."),
        ({"step": "ky"}, "Mã “ky” đã dùng cho bước khác"),
        ({"role": "vua"}, "Hãy chọn một trong các lựa chọn đã cho."),
        ({"exits_3_to": "ky"}, "Hãy chọn nút bấm hoặc ghi tên nút riêng."),
        ({"exits_3_name": "x"}, "Hãy chọn nơi nút này dẫn đến."),
        ({"timeouts_0_then": "remind"}, "Hãy ghi số giờ hoặc số ngày, một trong hai."),
        ({"opinions_0_name": "Hỏi"}, "Mục này chưa được trả lời."),
        ({"seen": "another"}, "vừa"),
    ],
)
def test_what_can_not_be_read_is_shown_again_and_nothing_is_written(
    client: Client, given: dict[str, str], told: str
) -> None:
    before, facts = draft().definition, Fact.objects.count()
    answer = save(client, "tham-tra", name_en="Kept as typed", **given) if "name_en" not in given else None
    assert answer is not None
    assert answer.status_code in {409, 422}
    assert told in text_of(answer) and 'value="Kept as typed"' in text_of(answer)
    assert (draft().definition, Fact.objects.count()) == (before, facts)


def test_a_step_is_put_in_moved_and_taken_out(client: Client) -> None:
    added = post(client, "quy-trinh/them/", name="Trưởng phòng soát", role="head", after="tham-tra")
    assert added["Location"] == at("quy-trinh/buoc/truong-phong-soat/")
    assert [step.step for step in says().process] == ["tiep-nhan", "tham-tra", "truong-phong-soat", "ky", "tra"]
    post(client, "quy-trinh/buoc/ky/chuyen/", places="-1")
    assert [step.step for step in says().process][2:4] == ["ky", "truong-phong-soat"]
    page = text_of(client.get(at("quy-trinh/buoc/truong-phong-soat/xoa/")))
    assert "Có nút của các bước sau dẫn đến bước này: Thẩm tra." in page
    assert '<option value="ky" selected>' in page
    refused = post(client, "quy-trinh/buoc/truong-phong-soat/xoa/")
    assert refused.status_code == 422 and "còn nút của các bước Thẩm tra dẫn đến" in text_of(refused)
    assert post(client, "quy-trinh/buoc/truong-phong-soat/xoa/", instead="ky").status_code == 302
    assert says().process[1].then["pass"] == "ky"
    assert client.get(at("quy-trinh/buoc/khac/")).status_code == 404


def test_a_renamed_step_keeps_what_led_to_it(client: Client) -> None:
    save(client, "tham-tra", step="Thẩm định")
    assert [step.step for step in says().process] == ["tiep-nhan", "tham-dinh", "ky", "tra"]
    assert says().process[0].then == {"pass": "tham-dinh"}
    assert says().process[2].then["return"] == "tham-dinh"


def test_the_process_goes_out_as_bpmn_and_comes_back_equal(client: Client) -> None:
    before = says().process
    file = client.get(at("quy-trinh/bpmn/"))
    assert file["Content-Disposition"] == f'attachment; filename="{BIRTH}.bpmn"'
    post(client, "quy-trinh/buoc/tham-tra/xoa/", instead="ky")
    assert says().process != before
    sent = SimpleUploadedFile("x.bpmn", file.content)
    assert post(client, "quy-trinh/bpmn/", file=sent).status_code == 302
    assert says().process == before
    wrong = post(client, "quy-trinh/bpmn/", file=SimpleUploadedFile("x.bpmn", b"<html/>"))
    assert wrong.status_code == 422 and "BPMN" in text_of(wrong)
    assert says().process == before


def test_a_reviewer_sees_the_process_and_can_change_nothing(client: Client) -> None:
    reviewer = signed_in("chutich.hoasen")
    page = text_of(reviewer.get(at("quy-trinh/")))
    assert "Chỉ xem" in page and "Thêm bước" not in page
    before = says()
    assert post(reviewer, "quy-trinh/buoc/tham-tra/xoa/", instead="ky").status_code == 403
    assert says() == before


def test_an_unsound_process_is_told_step_by_step_in_words(client: Client) -> None:
    save(client, "tham-tra", exits_0_DELETE="on")
    page = text_of(client.get(at("quy-trinh/")))
    assert "Không có nút nào đưa hồ sơ đi tới." in page


def one(step: str, **more: Any) -> Step:
    """A step that leads nowhere unless ``then`` says so."""
    return Step(**{"step": step, "name": step, "role": "clerk", "hours": 1, "then": {}, **more})


@pytest.mark.parametrize(
    "process",
    [
        (),
        (one("a"),),
        (one("a", then={"pass": "gone"}), one("b", does="hand_over", then={"hand_over": "end"})),
        (one("a", then={"pass": "a"}, does="receive"), one("a", then={"pass": "a"})),
        (one("a", then={"pass": "b"}, does="automatic", role=""), one("b", then={"pass": "a"}, does="automatic")),
        (one("a", does="receive", then={"pass": Exit("b", "((((")}), one("b", does="dance", role="king", hours=-1)),
        (one("a", does="receive", then={"refuse": "decide_refusal", "pass": "b"}), one("b", does="hand_over")),
    ],
    ids=["none", "alone", "dangling", "twice", "circle", "nonsense", "undecided"],
)
def test_every_page_stands_with_an_unsound_process(client: Client, node: Node, process: tuple[Step, ...]) -> None:
    """A draft may be anything; the pages show it, and what is wrong with it, and let it be changed."""
    edition, by = draft(), officer("quantri", Agency.objects.get(code="H99"))
    changed = replace(says(), process=process, tests=(Run("x", "online", (Taken("a", "pass", "clerk"),)),))
    actions.revise(edition, changed, by=by, at=node.noon, seen=edition.content_hash)
    pages = ["", "quy-trinh/", "chay-thu/", *(f"quy-trinh/buoc/{step.step}/" for step in process)]
    for more in [*pages, *(f"quy-trinh/buoc/{step.step}/xoa/" for step in process)]:
        assert client.get(at(more)).status_code == 200, more
    assert ("Chưa công bố được" in text_of(client.get(at("quy-trinh/")))) == bool(process)
    assert "Đi khác đường" in text_of(client.get(at("chay-thu/")))
    after = process[0].step if process else ""
    assert post(client, "quy-trinh/them/", name="Bước mới", role="clerk", after=after).status_code == 302
    assert len(says().process) == len(process) + 1


def finished(node: Node) -> Dossier:
    """A dossier that went straight through, to the hand-over."""
    dossier = node.submitted()
    dossiers.receive(dossier.id, by=node.reception, at=node.noon + HOUR)
    dossiers.pass_on(dossier.id, "pass", by=node.clerk, at=node.noon + HOUR)
    dossiers.decide(dossier.id, True, by=node.approver, at=node.noon + HOUR)
    run_until_read(wiring.SUBSCRIBERS)
    dossiers.hand_over(dossier.id, by=node.reception, at=node.noon + 2 * HOUR)
    return dossier


def test_a_finished_dossier_becomes_a_test_that_a_broken_edition_fails(committed_node: Node, clock: Clock) -> None:
    client, dossier = signed_in("quantri"), finished(committed_node)
    client.post(f"/quan-tri/thu-tuc/{BIRTH}/phien-ban-moi/")
    assert post(client, "chay-thu/ghi/", code=dossier.code, name="Đúng hạn").status_code == 302
    assert runs_of([BIRTH])[BIRTH] == [
        Run(
            "Đúng hạn", "online",
            (Taken("tiep-nhan", "pass", "reception"), Taken("tham-tra", "pass", "clerk"),
             Taken("ky", "pass", "approver"), Taken("tra", "hand_over", "reception")), hours=8,
        )
    ]  # fmt: skip
    assert Fact.objects.filter(name="dossiers.looked", data__purpose="record_run").count() == 1
    page = text_of(client.get(at("chay-thu/")))
    assert "Đi đúng đường" in page and "Khi ghi: 8 giờ. Nay: 8 giờ." in page
    assert "Đồng ý</strong> · 8 giờ làm việc" in page

    post(client, "quy-trinh/buoc/tham-tra/xoa/", instead="ky")
    save(client, "ky", hours="6")
    page = text_of(client.get(at("chay-thu/")))
    assert "Đi khác đường" in page
    assert "Bước Tiếp nhận: nút bấm nay dẫn đến nơi khác: Ký duyệt." in page
    assert "Bài kiểm thử đi khác đường: 1" in text_of(client.get(at()))

    kept = RecordedRun.objects.get()
    assert post(client, f"chay-thu/{kept.id}/nghi/", reason=" ").status_code == 422
    assert post(client, f"chay-thu/{kept.id}/nghi/", reason="Bỏ bước thẩm tra").status_code == 302
    page = text_of(client.get(at("chay-thu/")))
    assert "Đúng hạn: Bỏ bước thẩm tra" in page and "Đi khác đường" not in page


def test_only_a_finished_dossier_of_this_procedure_becomes_a_test(client: Client, node: Node) -> None:
    running = node.received().dossier
    for code, name, status in ((running.code, "x", 409), ("H99.101-260101-0001", "x", 404), (running.code, " ", 422)):
        assert post(client, "chay-thu/ghi/", code=code, name=name).status_code == status
    assert RecordedRun.objects.count() == 0
    assert not Fact.objects.filter(data__purpose="record_run").exists()
