"""asn1crypto 1.5.1 takes a length like 0x0580 for "indefinite", and then encodes everything again and again: some
signatures, by chance of their length, took 15 seconds instead of 30 ms. Known there as issues 249 and 256, open.

`mend` puts a check before the five methods: what has a definite length and was not changed is told as it is.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from asn1crypto.core import Asn1Value, Choice, Primitive, Sequence, SequenceOf

Dump = Callable[..., bytes]


@cache
def mend() -> None:
    """Mend the library in this process, once."""
    for kind in (Asn1Value, Choice, Primitive, Sequence, SequenceOf):
        kind.dump = mended(kind.dump)


def mended(dump: Dump) -> Dump:
    """The same method, which is not misled by the last octet of a length."""

    def told(self: Any, force: bool = False) -> bytes:
        header = self._header
        if not force and header is not None and header[-1:] == b"\x80":
            contents = self.chosen.dump() if isinstance(self, Choice) else self.contents  # a change clears the header
            if self._header is not None and definite(header, len(contents)):
                return bytes(header + contents + (getattr(self, "_trailer", b"") or b""))
        return dump(self, force=force)

    return told


def definite(header: bytes, length: int) -> bool:
    """Whether a header ends with ``length`` in the long form: how many octets, then the octets."""
    return any(header[-1 - many : -many] == bytes([0x80 | many]) and
               int.from_bytes(header[-many:], "big") == length for many in range(1, 5))  # fmt: skip
