"""Scanners: ClamAV by its socket, and one that knows only the harmless test string every scanner must find."""

import re
from typing import IO

import clamd

from motcua.base.errors import Refused

# EICAR's test file, written apart so that this source file is not itself taken for it.
EICAR = re.compile(rb"X5O!P%@AP\[4\\PZX54\(P\^\)7CC\)7\}\$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!")


class SignatureScanner:
    """Refuses the EICAR test string anywhere in the file. For a laptop; a province sets ``MOTCUA_CLAMAV_SOCKET``."""

    def fault(self, content: IO[bytes]) -> str:
        """``"Eicar-Test-Signature"`` when found, empty otherwise; reads with an overlap, so no boundary hides it."""
        tail = b""
        while chunk := content.read(1024 * 1024):
            if EICAR.search(tail + chunk):
                return "Eicar-Test-Signature"
            tail = chunk[-128:]
        return ""


class ClamAV:
    """The ClamAV daemon behind a Unix socket."""

    def __init__(self, socket: str) -> None:
        self.socket = socket

    def fault(self, content: IO[bytes]) -> str:
        """The name of what the daemon found. Raises `Refused` ``scanner_unreachable`` when it does not answer."""
        try:
            status, found = clamd.ClamdUnixSocket(self.socket, timeout=30).instream(content)["stream"]
        except (clamd.ClamdError, OSError) as problem:
            raise Refused("scanner_unreachable") from problem
        if status == "ERROR":
            raise Refused("scanner_unreachable")
        return str(found or "unknown") if status == "FOUND" else ""
