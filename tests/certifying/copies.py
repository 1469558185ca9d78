"""What the tests of certified copies stand on: scans, requests, and copies on their way."""

import struct
import zlib
from datetime import date
from functools import cache
from typing import Any

from motcua.base import files
from motcua.base.ids import new_id
from motcua.base.wires import provider
from motcua.certifying import actions
from motcua.certifying.models import Copy
from motcua.certifying.rules import Original
from motcua.results.ports import Typesetter
from tests.node import Node

DIPLOMA = Original("Bằng tốt nghiệp đại học", "Trường Đại học Minh Hoạ", "123/QĐ-ĐH", date(2018, 7, 1))


@cache
def pdf(pages: int = 1) -> bytes:
    """A scan of so many pages."""
    told = {"scans": [], "issued_at": "2026-11-10T09:00:00+07:00"}
    one = provider(Typesetter).pdf("ban-sao-chung-thuc", told)  # type: ignore[type-abstract]
    told["scans"] = [{"media_type": "application/pdf", "pages": 1}] * (pages - 1)  # type: ignore[assignment]
    return (
        provider(Typesetter).pdf("ban-sao-chung-thuc", told, {f"scan-{place}": one for place in range(pages - 1)})
        if pages > 1
        else one
    )  # type: ignore[type-abstract]


def png(width: int = 30, height: int = 20) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x30\x60\x90" * width) * height
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + packed


def kept(node: Node, content: bytes) -> str:
    """The hash of a kept file."""
    return files.store([content], at=node.noon).sha256


def request(node: Node, *contents: bytes, **changes: Any) -> actions.Request:
    """A request that has everything: one page unless scans are given."""
    scans = tuple(kept(node, each) for each in contents or (png(),))
    given = {"id": new_id(), "original": DIPLOMA, "scans": scans, "presenter_name": "Nguyễn Thị Lan"}
    return actions.Request(**(given | changes))


def taken(node: Node, *contents: bytes, **changes: Any) -> Copy:
    """A copy that was taken in."""
    return actions.take(request(node, *contents, **changes), by=node.reception, at=node.noon)


def compared(node: Node, *contents: bytes, **changes: Any) -> Copy:
    """A copy that waits for the approver."""
    return actions.compare(taken(node, *contents, **changes).id, by=node.clerk, at=node.noon)


def certified(node: Node, *contents: bytes, **changes: Any) -> Copy:
    """A copy with its number."""
    return actions.certify(compared(node, *contents, **changes).id, by=node.approver, at=node.noon)
