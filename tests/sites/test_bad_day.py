"""Bad days: slow lines, requests cut off, too much at once, a database that is gone. Each gets a clear answer."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from threading import Event, Thread
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory

from motcua.base.errors import Invalid, NotFound
from motcua.drafts import actions
from motcua.drafts.models import Draft, DraftPaper
from motcua.sites.api import problems
from motcua.sites.frame.middleware import RefusalMiddleware
from motcua.sites.gate import IN_MEMORY, Gate
from tests.node import Node, birth_answers, paper

UNAVAILABLE = "Hệ thống tạm thời chưa phục vụ được."


class Line:
    """What comes in over a line: piece by piece, no faster than ``more`` allows."""

    def __init__(self, *pieces: bytes, more: Event | None = None) -> None:
        self.pieces, self.more = list(pieces), more

    def read(self, _size: int = -1) -> bytes:
        """The next piece; nothing at the end."""
        if self.more:
            self.more.wait(10)
        return self.pieces.pop(0) if self.pieces else b""


class Echo:
    """An application that answers what was sent."""

    def __init__(self) -> None:
        self.reached = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.reached += 1
        start_response("200 OK", [])
        return [environ["wsgi.input"].read()]


def sent(gate: Gate, length: object, body: Any) -> tuple[str, bytes]:
    """Status and body of the answer to a request that says it is ``length`` bytes long."""
    said: list[str] = []
    environ = {"CONTENT_LENGTH": str(length), "wsgi.input": body}
    answer = b"".join(gate(environ, lambda status, _headers: said.append(status)))
    return said[0], answer


def test_a_slow_sender_keeps_nobody_waiting() -> None:
    gate, more = Gate(Echo(), most_bytes=100, at_once=1), Event()
    answers: list[tuple[str, bytes]] = []
    slow = Thread(target=lambda: answers.append(sent(gate, 4, Line(b"sl", b"ow", more=more))))
    slow.start()
    assert sent(gate, 4, Line(b"fast")) == ("200 OK", b"fast")
    assert answers == []
    more.set()
    slow.join(10)
    assert answers == [("200 OK", b"slow")]


def test_a_request_cut_off_half_way_is_never_taken_for_a_short_one() -> None:
    echo = Echo()
    status, told = sent(Gate(echo, most_bytes=100), 10, Line(b"half"))
    assert (status, "ngắt giữa chừng" in told.decode(), echo.reached) == ("400 Bad Request", True, 0)


def test_a_long_body_is_handed_on_whole_and_one_beyond_the_limit_unread() -> None:
    gate, body = Gate(Echo(), most_bytes=3 * IN_MEMORY), b"x" * (2 * IN_MEMORY)
    assert sent(gate, len(body), BytesIO(body)) == ("200 OK", body)
    too_long = Line(b"unread")
    gate = Gate(lambda _environ, _start: (_start("413", []), [b""])[1], most_bytes=5)
    assert (sent(gate, 6, too_long)[0], too_long.pieces) == ("413", [b"unread"])


@pytest.mark.parametrize("length", ["", "-5", "abc", "²", "0"])
def test_a_length_that_is_no_number_counts_as_no_body(length: str) -> None:
    assert sent(Gate(Echo(), most_bytes=100), length, Line()) == ("200 OK", b"")


def test_the_database_is_given_back_before_a_large_answer_is_read() -> None:
    left: list[bool] = []
    gate = Gate(Echo(), most_bytes=100, leave=lambda: left.append(True))
    answer = gate({"CONTENT_LENGTH": "0", "wsgi.input": BytesIO(b"file")}, lambda *_: None)
    assert left == [True]
    assert b"".join(answer) == b"file"


@pytest.mark.parametrize("error", [OperationalError("server closed the connection"), InterfaceError("closed")])
def test_while_the_database_is_gone_a_page_says_so_kindly(error: Exception) -> None:
    middleware = RefusalMiddleware(lambda _request: HttpResponse())
    page = middleware.process_exception(RequestFactory().get("/tai-khoan/"), error)
    assert page is not None
    assert (page.status_code, page["Retry-After"], page["Cache-Control"]) == (503, "10", "no-store")
    assert UNAVAILABLE in page.content.decode()
    assert "server closed" not in page.content.decode()


def test_while_the_database_is_gone_a_program_gets_a_problem() -> None:
    told = problems.failed(RequestFactory().get("/api/v1/dossiers"), OperationalError("gone"))
    assert (told.status_code, told["Retry-After"], told["Content-Type"]) == (503, "10", problems.KIND)
    assert UNAVAILABLE in told.content.decode()


def test_a_button_s_address_opened_as_a_page_says_what_to_do() -> None:
    page = Client().get("/dang-xuat/")
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "dùng nút trên trang" in page.content.decode()


def begun(node: Node) -> Draft:
    """A draft of the mother."""
    edition = node.publish("1.001193", node.noon)
    return actions.start_draft(edition.id, birth_answers(), by=node.mother, at=node.noon)


def test_the_number_of_whom_one_files_for_is_kept_as_it_is_searched_for(node: Node) -> None:
    behalf = {"name": "Trần Văn Hùng", "identity_number": "001 085 000 102", "basis": "Giấy uỷ quyền"}
    where = {"by": node.mother, "at": node.noon, "agency": node.agency.id, "return_by": "online"}
    draft = actions.set_filing(begun(node).id, on_behalf_of=behalf, **where)
    assert draft.on_behalf_of["identity_number"] == "001085000102"
    with pytest.raises(Invalid):
        actions.set_filing(draft.id, on_behalf_of={**behalf, "identity_number": "12"}, **where)
    assert Draft.objects.get(pk=draft.id).on_behalf_of["identity_number"] == "001085000102"


def test_a_file_that_comes_after_the_draft_was_filed_is_refused_not_lost(node: Node) -> None:
    draft = begun(node)
    where = {"by": node.mother, "at": node.noon, "agency": node.agency.id, "return_by": "online"}
    actions.set_filing(draft.id, on_behalf_of={}, **where)
    DraftPaper.objects.create(draft=draft, paper="giay-chung-sinh", file_id=paper(node.noon), label="a.pdf")

    def slowly() -> Iterator[bytes]:
        yield b"%PDF-1.4\n"
        actions.file_draft(draft.id, by=node.mother, at=node.noon)
        yield b"%%EOF\n"

    with pytest.raises(NotFound):
        actions.attach(draft.id, "khac", slowly(), "b.pdf", by=node.mother, at=node.noon)
    assert DraftPaper.objects.count() == 0
