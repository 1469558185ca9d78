"""Time-stamps (RFC 3161) of our signatures, through the port."""

from functools import lru_cache
from typing import Any, cast

from asn1crypto.cms import ContentInfo
from asn1crypto.tsp import TimeStampReq, TimeStampResp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from motcua.signing.ports import TimeStamps


@lru_cache(maxsize=8)
def answers(authority: Any) -> dict[str, bytes]:  # noqa: ARG001
    """By digest, an answer the authority once gave: how long one is, and by whom. Bytes, since threads share it."""
    return {}


class Stamper(TimeStamper):
    """A client for one signature: what it reads of certificates is not shared between threads."""

    def __init__(self, authority: TimeStamps) -> None:
        super().__init__()
        self.authority = authority

    async def async_dummy_response(self, md_algorithm: str) -> ContentInfo:
        """An earlier answer, or a first one."""
        known = answers(cast(Any, self.authority))
        if md_algorithm in known and md_algorithm not in self._dummy_response_cache:
            self._register_dummy(md_algorithm, ContentInfo.load(known[md_algorithm]))
        told = await super().async_dummy_response(md_algorithm)
        known.setdefault(md_algorithm, told.dump())
        return told

    async def async_request_tsa_response(self, req: TimeStampReq) -> TimeStampResp:
        """Ask through the port."""
        answer = self.authority.answer(req.dump())
        try:
            return TimeStampResp.load(answer, strict=True)
        except ValueError as problem:
            raise TimestampRequestError("the answer is no time-stamp response") from problem
