"""``motcua sandbox-bank``: a bank that moves no money, in a process of its own, with every bad day a bank can have.

It needs no database and keeps its orders in memory. What an order does is asked by `POST /orders/<order>/pay` with
``{"as": …}``: approve, decline, timeout (debits, then gives no answer), twice, late, forged, short, silent (debits and
never calls back). A person does the same on the page ``/pay/<order>``, where a payment leads. ``slow`` as the way of
*creating* an order keeps the caller waiting longer than it waits.
"""

import argparse
import json
import os
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote
from urllib.request import Request, urlopen

from motcua.base.worktime import local
from motcua.gateways.sealing import seal
from motcua.sites.cli import sandbox_pages

NEEDS_DATABASE = False
LATE_SECONDS, SLOW_SECONDS = 0.5, 4
WAYS = ("approve", "decline", "timeout", "twice", "late", "forged", "short", "silent")
Said = dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, whom to tell, and the secret that seals."""
    parser.add_argument("--port", type=int, default=9200)
    known = os.environ.get("MOTCUA_SANDBOX_SECRET")
    parser.add_argument(
        "--secret",
        default=known,
        required=not known,
        help="the secret from which every payee's key is made (or MOTCUA_SANDBOX_SECRET)",
    )
    parser.add_argument("--callback", required=True, help="where confirmations are sent")
    parser.add_argument("--day", help="the day it always is there, as 2026-11-10; otherwise today")


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    bank = Bank(options.secret, options.callback, options.day or "")
    server = ThreadingHTTPServer(("127.0.0.1", options.port), handler(bank))
    print(f"sandbox bank on http://127.0.0.1:{server.server_address[1]}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


class Bank:
    """The orders of this process, and what became of each."""

    def __init__(self, secret: str, callback: str, day: str = "") -> None:
        self.secret, self.callback, self.day, self.lock = secret, callback, day, threading.Lock()
        self.orders: dict[str, Said] = {}
        self.backs: dict[str, str] = {}
        self.moved = 0
        self.paid_on: dict[str, str] = {}
        self.refunds: dict[str, str] = {}

    def create(self, order: Said) -> Said:
        """Know an order; told twice, it is one."""
        said = {"order": order["order"], "amount": order["amount_vnd"], "currency": "VND",
                "payee": order["payee"], "transaction": "", "state": "waiting"}  # fmt: skip
        with self.lock:
            self.orders.setdefault(order["order"], said)
            self.backs[order["order"]] = order.get("back", "")
        if "slow" in order.get("told", ""):
            time.sleep(SLOW_SECONDS)
        return {"redirect": f"/pay/{order['order']}"}

    def pay(self, order: str, way: str) -> Said:
        """What the payer does; the confirmation follows by itself."""
        with self.lock:
            said = self.orders[order]
            if said["state"] == "waiting" and way != "forged":
                said["state"] = "declined" if way == "decline" else "paid"
                self.moved += 1
                said["transaction"] = f"SB{self.moved:06d}"
                self.paid_on[order] = self.day or local(datetime.now(UTC)).date().isoformat()
        threading.Thread(target=self.tell, args=(dict(said), way), daemon=True).start()
        return {"state": said["state"]}

    def tell(self, said: Said, way: str) -> None:
        """Call back as the way has it."""
        if way in {"silent", "timeout"}:
            return
        if way == "late":
            time.sleep(LATE_SECONDS)
        secret = "guessed" if way == "forged" else self.secret
        if way == "forged":
            said |= {"state": "paid", "transaction": "SB-FORGED"}
        if way == "short":
            said["amount"] -= 1_000
        for _ in range(2 if way == "twice" else 1):
            self.send(said | {"signature": seal(secret, said)})

    def send(self, message: Said) -> None:
        """One confirmation; nobody there is nobody's fault."""
        request = Request(self.callback, json.dumps(message).encode(), {"Content-Type": "application/json"})
        try:
            urlopen(request, timeout=5).close()
        except OSError:
            return

    def sealed(self, said: Said) -> Said:
        """What is known of an order, sealed unless it waits."""
        return dict(said) if said["state"] == "waiting" else {**said, "signature": seal(self.secret, said)}

    def refund(self, order: Said) -> Said:
        """Pay back once, however often it is asked."""
        with self.lock:
            number = self.refunds.setdefault(order["order"], f"RF{len(self.refunds) + 1:06d}")
        return {"transaction": number}

    def answer(self, method: str, path: list[str], body: Said) -> Said | None:
        """What is said to a request; None for what is not there."""
        match method, path:
            case "POST", ["orders"]:
                return self.create(body)
            case "POST", ["orders", order, "pay"] if order in self.orders and body.get("as") in WAYS:
                return self.pay(order, body["as"])
            case "POST", ["refunds"]:
                return self.refund(body)
            case "GET", ["orders", order]:
                return self.sealed(self.orders[order]) if order in self.orders else {"state": "unknown"}
            case "GET", ["statement", day]:
                done = [said for order, said in self.orders.items() if self.paid_on.get(order) == day]
                paid = [said for said in done if said["state"] == "paid"]
                return {"rows": [self.sealed(said) for said in paid]}
        return None

    def page(self, method: str, path: list[str], form: Said) -> str | None:
        """What a person is shown; None for what is no page."""
        match method, path:
            case "GET", [""]:
                return sandbox_pages.orders(self.orders)
            case "GET" | "POST", ["pay", order]:
                if order not in self.orders:
                    return sandbox_pages.nothing()
                if method == "POST" and form.get("as") in WAYS:
                    self.pay(order, form["as"])
                return sandbox_pages.order(self.orders[order], self.backs.get(order, ""))
        return None


def handler(bank: Bank) -> type[BaseHTTPRequestHandler]:
    """The requests of one bank."""

    class Handler(BaseHTTPRequestHandler):
        def handle_one(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = [unquote(word) for word in self.path.partition("?")[0].strip("/").split("/")]
            form = {name: values[0] for name, values in parse_qs(raw.decode(errors="replace")).items()}
            if (page := bank.page(self.command, path, form)) is not None:
                return self.say(200, page.encode(), "text/html; charset=utf-8")
            body = json.loads(raw or b"{}")
            said = bank.answer(self.command, path, body)
            if body.get("as") == "timeout":
                return None  # the connection ends without a word: the payer's money is gone, and nobody was told
            return self.say(404 if said is None else 200, json.dumps(said or {}).encode(), "application/json")

        def say(self, status: int, content: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = handle_one

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler
