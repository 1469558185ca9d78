"""A browser without a network: requests straight into the WSGI application of this process."""

import io
import sys
from typing import Any


class Browser:
    """Sends requests to a WSGI application and sees that they were answered well."""

    def __init__(self, application: Any, cookie: str = "") -> None:
        self.application, self.cookie = application, cookie

    def get(self, path: str, query: str = "") -> bytes:
        """The body of a page; raises unless it was answered with 2xx."""
        return self.ask("GET", path, query)

    def post(self, path: str, body: bytes, media_type: str, **headers: str) -> bytes:
        """The answer to what was sent; raises as `get`."""
        return self.ask("POST", path, "", body, CONTENT_TYPE=media_type, CONTENT_LENGTH=str(len(body)), **headers)

    def ask(self, method: str, path: str, query: str, sent: bytes = b"", **headers: str) -> bytes:
        """One request as a WSGI server would hand it over."""
        status: list[str] = []
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": query,
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": self.cookie, "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(sent), "wsgi.errors": sys.stderr,
            "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False, **headers,
        }  # fmt: skip
        answer = self.application(environ, lambda code, _headers, _error=None: status.append(code))
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        if not status[0].startswith("2"):
            raise RuntimeError(f"{path}?{query}: {status[0]} {body[:500]!r}")
        return body


def session_of(login: str, agency: str = "") -> str:
    """The cookie of a session in which ``login`` is signed in (an officer: sits at ``agency``)."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from motcua.people.models import Account, Agency

    account, session = Account.objects.get(login=login), SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(account.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    if agency:
        session["post"] = str(Agency.objects.get(code=agency).id)
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
