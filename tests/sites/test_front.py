"""The front: what it keeps, what it never keeps, and what it hands out."""

import gzip
import random
import threading
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.wsgi import get_wsgi_application

from motcua.sites.front import Front
from motcua.sites.kept import Kept, Page, encoding_for, packed

PUBLIC = [("Content-Type", "text/html; charset=utf-8"), ("X-Public-Page", "300")]
BODY = ("<p>Đăng ký khai sinh</p>" * 50).encode()


class Django:
    """Stands where Django stands: answers every path from a table and remembers what it was asked."""

    def __init__(
        self, status: str = "200 OK", headers: list[tuple[str, str]] | None = None, body: bytes = BODY
    ) -> None:
        self.status, self.headers, self.body = status, PUBLIC if headers is None else headers, body
        self.asked: list[dict[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        self.asked.append(environ)
        start_response(self.status, self.headers)
        return iter([self.body])


class Clock:
    """A clock that the test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def ask(
    front: Front, path: str = "/", method: str = "GET", query: str = "", **more: str
) -> tuple[str, dict[str, str], bytes]:
    """One request: status, headers by name, body."""
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "motcua.test", **more}
    told: list[Any] = []
    body = b"".join(front(environ, lambda status, headers, *rest: told.extend([status, headers])))
    return told[0], dict(told[1]), body


def test_a_public_page_is_made_once_and_is_the_same_for_everybody() -> None:
    django = Django()
    front = Front(django)
    first = ask(front, "/thu-tuc/1.001193/")
    second = ask(front, "/thu-tuc/1.001193/", HTTP_COOKIE="sessionid=abc")
    assert first == second
    assert first[2] == BODY
    assert len(django.asked) == 1
    assert first[1]["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert first[1]["Vary"] == "Accept-Encoding"
    assert "X-Public-Page" not in first[1]


def test_nothing_of_the_person_reaches_the_making_of_a_public_page() -> None:
    django = Django()
    carried = {
        "HTTP_COOKIE": "sessionid=abc",
        "HTTP_AUTHORIZATION": "Bearer x",
        "HTTP_X_FORWARDED_HOST": "evil.test",
        "HTTP_ACCEPT_LANGUAGE": "en",
    }
    ask(Front(django), "/en/thu-tuc/", **carried)
    assert not carried.keys() & django.asked[0].keys()


def test_each_host_has_its_own_page() -> None:
    django = Django()
    front = Front(django)
    ask(front, "/")
    ask(front, "/", HTTP_HOST="other.test")
    assert len(django.asked) == 2


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [("gzip, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("br;q=0, identity", None, bytes)],
)
def test_the_body_comes_in_the_best_encoding_the_reader_knows(
    accepted: str, encoding: str | None, unpack: Callable[[bytes], bytes]
) -> None:
    _status, headers, body = ask(Front(Django()), "/", HTTP_ACCEPT_ENCODING=accepted)
    assert headers.get("Content-Encoding") == encoding
    assert headers["Content-Length"] == str(len(body))
    assert unpack(body) == BODY


def test_a_body_is_packed_only_as_readers_ask_and_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(body: bytes, encoding: str) -> bytes:
        asked.append(encoding)
        return packed(body, encoding)

    monkeypatch.setattr("motcua.sites.kept.packed", noted)
    front = Front(Django())
    for accepted in ("br", "gzip", "br, gzip", "gzip", "br"):
        ask(front, "/", HTTP_ACCEPT_ENCODING=accepted)
    assert asked == ["br", "gzip"]


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_what_would_grow_by_packing_is_sent_plain(encoding: str) -> None:
    body = random.Random(766).randbytes(1000)
    status, headers, sent = ask(Front(Django(body=body)), "/", HTTP_ACCEPT_ENCODING=encoding)
    assert (status, headers.get("Content-Encoding"), sent) == ("200 OK", None, body)


def test_who_has_the_page_is_told_that_nothing_changed() -> None:
    front = Front(Django())
    tag = ask(front, "/", HTTP_ACCEPT_ENCODING="br")[1]["ETag"]
    status, headers, body = ask(front, "/", HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=f'W/"old", W/{tag}')
    assert (status, headers["ETag"], body) == ("304 Not Modified", tag, b"")


def test_a_head_request_gets_the_length_without_the_body() -> None:
    status, headers, body = ask(Front(Django()), "/", "HEAD")
    assert (status, headers["Content-Length"], body) == ("200 OK", str(len(BODY)), b"")


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("200 OK", [("Content-Type", "text/html")]),
        ("200 OK", [*PUBLIC, ("Set-Cookie", "csrftoken=abc")]),
        ("200 OK", [*PUBLIC, ("Vary", "Accept-Language, Cookie")]),
        ("302 Found", [*PUBLIC, ("Location", "/dang-nhap/")]),
        ("404 Not Found", PUBLIC),
        ("500 Internal Server Error", PUBLIC),
    ],
)
def test_what_is_not_public_or_breaks_its_promise_is_never_kept(status: str, headers: list[tuple[str, str]]) -> None:
    django = Django(status, headers)
    front = Front(django)
    for _visit in range(2):
        assert ask(front, "/thu-tuc/x/")[0] == status
    assert len(front.kept) == 0
    assert len(django.asked) == 2


def test_a_private_page_below_a_public_path_is_asked_with_the_persons_cookie() -> None:
    django = Django(headers=[("Content-Type", "text/html")])
    ask(Front(django), "/thu-tuc/1.001193/nop/", HTTP_COOKIE="sessionid=abc")
    assert [environ.get("HTTP_COOKIE") for environ in django.asked] == [None, "sessionid=abc"]


@pytest.mark.parametrize(
    ("path", "method", "more"),
    [
        ("/", "POST", {}),
        ("/can-bo/", "GET", {}),
        ("/thu-tucx/", "GET", {}),
        ("/tim/", "GET", {"HTTP_HX_REQUEST": "true"}),
        ("/tim/", "GET", {"QUERY_STRING": "q=" + "a" * 400}),
    ],
)
def test_everything_else_goes_to_django_as_it_came(path: str, method: str, more: dict[str, str]) -> None:
    django = Django()
    front = Front(django)
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "HTTP_COOKIE": "a=b", **more}
    list(front(environ, lambda *told: None))
    assert django.asked == [environ]
    assert len(front.kept) == 0


def test_a_change_of_the_catalogue_makes_the_page_anew() -> None:
    django, clock, version = Django(), Clock(), [1]
    front = Front(django, version=lambda: version[0], monotonic=clock)
    ask(front)
    version[0] = 2
    ask(front)
    assert len(django.asked) == 1  # the version is asked at most once a second
    clock.now += 1.5
    ask(front)
    assert len(django.asked) == 2


def test_one_question_that_leads_elsewhere_does_not_close_the_page_to_all_others() -> None:
    django = Django("302 Found", [("Location", "/thu-tuc/1.001193/")])
    front = Front(django)
    ask(front, "/tim/", query="q=1.001193")
    django.status, django.headers = "200 OK", PUBLIC
    ask(front, "/tim/", query="q=khai+sinh")
    assert len(front.kept) == 1


def test_pages_are_served_on_while_the_version_cannot_be_asked() -> None:
    django, clock, answers = Django(), Clock(), iter([1])
    front = Front(django, version=lambda: next(answers), monotonic=clock)
    ask(front)
    clock.now += 30
    assert ask(front)[0] == "200 OK"
    assert len(django.asked) == 1


def test_a_page_is_made_anew_when_its_time_is_over() -> None:
    django, clock = Django(), Clock()
    front = Front(django, monotonic=clock)
    ask(front)
    clock.now += 301
    ask(front)
    assert len(django.asked) == 2


def test_nobody_is_shown_a_page_whose_time_is_over_while_another_reader_has_it_made_anew() -> None:
    django, clock, begun, go = Django(), Clock(), threading.Event(), threading.Event()

    def slow(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        begun.set()
        go.wait(10)
        return django(environ, start_response)

    front, bodies = Front(slow, monotonic=clock), []
    go.set()
    ask(front)
    clock.now += 3 * 86400
    django.body = b"as it is today"
    begun.clear()
    go.clear()
    readers = [threading.Thread(target=lambda: bodies.append(ask(front)[2])) for _reader in range(2)]
    readers[0].start()
    begun.wait(10)
    readers[1].start()
    readers[1].join(0.2)  # one that does not wait is through by now
    go.set()
    for reader in readers:
        reader.join(10)
    assert bodies == [b"as it is today"] * 2


def test_many_readers_of_one_new_page_have_it_made_once() -> None:
    begun, go = threading.Event(), threading.Event()
    made: list[int] = []

    def slow(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        made.append(1)
        begun.set()
        go.wait(10)
        start_response("200 OK", PUBLIC)
        return [BODY]

    front, bodies = Front(slow), []
    readers = [threading.Thread(target=lambda: bodies.append(ask(front)[2])) for _reader in range(8)]
    readers[0].start()
    begun.wait(10)
    for reader in readers[1:]:
        reader.start()
    go.set()
    for reader in readers:
        reader.join(10)
    assert bodies == [BODY] * 8
    assert made == [1]


@pytest.mark.django_db  # Django looks at the connection that an earlier test may have left
def test_a_page_of_the_house_keeps_its_promise_through_the_whole_of_django() -> None:
    asked: list[str] = []

    def django(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        asked.append(environ["PATH_INFO"])
        return get_wsgi_application()(environ, start_response)

    front, more = Front(django), {"HTTP_HOST": "localhost", "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    more |= {"wsgi.input": BytesIO(), "wsgi.url_scheme": "http"}  # type: ignore[dict-item]
    for _visit in range(3):
        status, headers, body = ask(front, "/khung/", **more)
        assert status == "200 OK"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert b"<h1>Trang khung</h1>" in body
    assert asked == ["/khung/"]


def test_the_store_never_grows_past_its_limit_and_the_least_used_leave_first() -> None:
    kept = Kept(50_000)
    for number in range(100):
        kept.put((str(number),), Page(b"x" * 100, []))
        kept.get(("0",))
    assert kept.bytes <= 50_000
    assert kept.get(("0",)) is not None
    assert kept.get(("1",)) is None


def test_a_page_too_large_for_the_store_is_not_kept() -> None:
    kept = Kept(10_000)
    kept.put(("big",), Page(b"x" * 5000, []))
    assert (len(kept), kept.bytes) == (0, 0)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("", ""), ("*", ""), ("gzip;q=1.0", "gzip"), ("BR", "br"), ("br;q=0", ""), ("br; q=0.0, gzip", "gzip")],
)
def test_the_encoding_is_read_as_the_standard_says(accepted: str, encoding: str) -> None:
    assert encoding_for(accepted) == encoding


@pytest.fixture
def statics(tmp_path: Path) -> Front:
    (tmp_path / "static/frame").mkdir(parents=True)
    (tmp_path / "static/frame/frame.0123456789ab.css").write_text("p { margin: 0 } " * 100)
    (tmp_path / "static/frame/frame.css").write_text("p { margin: 0 }")
    (tmp_path / "secret-key").write_text("secret")
    return Front(Django(), static_root=tmp_path / "static")


def test_a_static_file_with_its_hash_in_the_name_is_kept_for_ever(statics: Front) -> None:
    status, headers, body = ask(statics, "/static/frame/frame.0123456789ab.css", HTTP_ACCEPT_ENCODING="br")
    assert status == "200 OK"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["Content-Type"] == "text/css; charset=utf-8"
    assert brotli.decompress(body) == b"p { margin: 0 } " * 100


def test_a_static_file_without_a_hash_is_asked_for_again(statics: Front) -> None:
    assert ask(statics, "/static/frame/frame.css")[1]["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    "path",
    ["/static/../secret-key", "/static/frame/../../secret-key", "/static//etc/passwd", "/static/frame", "/static/"],
)
def test_no_path_leads_out_of_the_static_files(statics: Front, path: str) -> None:
    assert ask(statics, path)[0] == "404 Not Found"


def test_the_sign_of_life_needs_nothing_behind_it() -> None:
    django = Django("500 Internal Server Error")
    assert ask(Front(django), "/healthz")[::2] == ("200 OK", b"ok\n")
    assert django.asked == []
