"""Facts of mandates, stream ``mandate:<id>``. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Given:
    mandate: str
    giver: str
    taker: str
    reference: str
    until: str
    may_withdraw: bool


@dataclass(frozen=True, slots=True)
class Revoked:
    mandate: str
    reference: str
