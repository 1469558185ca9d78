"""What the vault needs from outside: registers of the State that can be asked about one person."""

from dataclasses import dataclass
from typing import Protocol

BY_OFFICER, BY_CITIZEN = 1, 2  # KenhThucHien


class RegisterFailed(Exception):
    """It did not answer, or not in a way that can be trusted; nothing follows from what it said."""


@dataclass(frozen=True, slots=True)
class Question:
    """Who is asked about, who asks in which channel and for which procedure, and for which kinds of results."""

    holder: str
    asker: str
    asker_name: str
    channel: int
    procedure: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document that a register says the holder has; ``address`` is where its file is, at the register."""

    kind: str
    title: str
    number: str
    agency: str
    file_name: str
    address: str


class Register(Protocol):
    """One connected register. Both raise `RegisterFailed`."""

    def find(self, question: Question) -> list[Document]:
        """What the holder has of what was asked for, and nothing of anybody else."""
        ...

    def fetch(self, address: str) -> bytes:
        """The file at an address that this register named."""
        ...


class Registers(dict[str, Register]):
    """The connected registers by code, as the operator's file names them."""
