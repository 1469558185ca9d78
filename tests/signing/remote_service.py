"""A remote signing service that moves no law: a thread that answers as its mood has it."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

Said = dict[str, Any]
SECRET, CODE = "platform-secret", "135790"


class RemoteService:
    """Keys by user; what it was asked stands in ``asked``."""

    def __init__(self, mood: str = "approve") -> None:
        self.mood, self.keys, self.asked = mood, {}, []
        self.waiting: dict[str, Said] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, method: str, path: str, body: Said) -> Said | bytes | int:
        """What goes back: JSON, raw bytes, or a status."""
        if self.mood == "broken":
            return 500
        if self.mood == "garbage":
            return b"<html>welcome</html>"
        if method == "POST":
            self.asked.append(body)
            told = {"transaction_id": body["transaction_id"], "status": "signed", "sign_files": self.signed(body)}
            if body["otp"] != CODE:
                return {"transaction_id": body["transaction_id"], "status": "wrong_code"}
            self.waiting[body["transaction_id"]] = told
            return self.now(told)
        return self.now(self.waiting[path.rpartition("/")[2]])

    def now(self, told: Said) -> Said:
        match self.mood:
            case "decline":
                return {"transaction_id": told["transaction_id"], "status": "declined"}
            case "never":
                return {"transaction_id": told["transaction_id"], "status": "waiting"}
            case "slow":
                self.mood = "approve"
                return {"transaction_id": told["transaction_id"], "status": "waiting"}
            case "other transaction":
                return {**told, "transaction_id": "another"}
            case "other document":
                return {**told, "sign_files": [{**told["sign_files"][0], "doc_id": "another"}]}
            case "no signature":
                return {**told, "sign_files": [{"doc_id": told["sign_files"][0]["doc_id"], "signature": "ø"}]}
        return told

    def signed(self, body: Said) -> list[Said]:
        private = ec.generate_private_key(ec.SECP256R1()) if self.mood == "other key" else self.keys[body["user_id"]]
        (file,) = body["sign_files"]
        hashed = base64.b64decode(file["file_base64"])
        made = private.sign(hashed, ec.ECDSA(Prehashed(hashes.SHA256())))
        return [{"doc_id": file["doc_id"], "signature": base64.b64encode(made).decode()}]


def handler(service: RemoteService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def one(self) -> None:
            if self.headers["Authorization"] != f"Bearer {SECRET}":
                return self.send_error(401)
            read = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told = service.answer(self.command, self.path, json.loads(read or b"{}"))
            if isinstance(told, int):
                return self.send_error(told)
            body = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = one

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
