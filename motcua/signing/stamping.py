"""Time-stamps (RFC 3161) of our signatures, through the port."""

from functools import lru_cache
from typing import Any

from asn1crypto.tsp import TimeStampReq, TimeStampResp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from motcua.signing.ports import TimeStamps


@lru_cache(maxsize=8)
def stamper(authority: Any) -> TimeStamper | None:
    """One client an authority (`TimeStamps` or None): it remembers how long an answer is, and by whom."""
    return None if authority is None else _Stamper(authority)


class _Stamper(TimeStamper):
    def __init__(self, authority: TimeStamps) -> None:
        super().__init__()
        self.authority = authority

    async def async_request_tsa_response(self, req: TimeStampReq) -> TimeStampResp:
        answer = self.authority.answer(req.dump())
        try:
            return TimeStampResp.load(answer, strict=True)
        except ValueError as problem:
            raise TimestampRequestError("the answer is no time-stamp response") from problem
