"""Who stamps the time: an authority asked by HTTP, or a key of our own that plays one (development)."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

from asn1crypto import cms, tsp
from asn1crypto.algos import DigestAlgorithm
from asn1crypto.x509 import Certificate
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute

from motcua.base.errors import Refused
from motcua.signing.adapters._calling import call
from motcua.signing.adapters.pkcs12 import FileKey

POLICY = "1.3.6.1.4.1.4146.2.2"


class HttpTimeStamps:
    """An authority of RFC 3161 behind a URL."""

    def __init__(self, url: str, seconds: float = 10) -> None:
        self.url, self.seconds = url, seconds

    def answer(self, request: bytes) -> bytes:
        """Ask it. Raises `Refused` ``time_stamp_unavailable``."""
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        try:
            return call("POST", self.url, request, headers, self.seconds)
        except OSError as problem:
            raise Refused("time_stamp_unavailable") from problem


class OwnTimeStamps:
    """An authority in this process. Its word is worth what its key is worth: for development."""

    def __init__(self, key: FileKey, clock: Callable[[], datetime]) -> None:
        self.key, self.clock, self.certificate = key, clock, key.certificate.dump()

    def answer(self, request: bytes) -> bytes:
        """Stamp what was asked, with the time of the clock."""
        asked = tsp.TimeStampReq.load(request)
        token = self._token(self._info(asked))
        return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump())

    def _info(self, asked: tsp.TimeStampReq) -> tsp.TSTInfo:
        told = {"version": "v1", "policy": POLICY, "message_imprint": asked["message_imprint"],
                "serial_number": secrets.randbits(64), "gen_time": self.clock().replace(microsecond=0)}  # fmt: skip
        if asked["nonce"].native is not None:
            told["nonce"] = asked["nonce"]
        return tsp.TSTInfo(told)

    def _token(self, info: tsp.TSTInfo) -> cms.ContentInfo:
        own, content = Certificate.load(self.certificate), info.dump()
        attributes = cms.CMSAttributes([
            simple_cms_attribute("content_type", "tst_info"),
            simple_cms_attribute("message_digest", hashlib.sha256(content).digest()),
            simple_cms_attribute("signing_certificate_v2", as_signing_certificate_v2(own)),
        ])  # fmt: skip
        sid = cms.IssuerAndSerialNumber({"issuer": own.issuer, "serial_number": own.serial_number})
        algorithm = "sha256_ecdsa" if own.public_key.algorithm == "ec" else "rsassa_pkcs1v15"
        signer = cms.SignerInfo({
            "version": "v1", "sid": cms.SignerIdentifier({"issuer_and_serial_number": sid}),
            "digest_algorithm": DigestAlgorithm({"algorithm": "sha256"}), "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": algorithm},
            "signature": self.key.sign(attributes.dump(), "sha256"),
        })  # fmt: skip
        signed = cms.SignedData({
            "version": "v3", "digest_algorithms": [{"algorithm": "sha256"}], "signer_infos": [signer],
            "encap_content_info": {"content_type": "tst_info", "content": cms.ParsableOctetString(content)},
            "certificates": [own],
        })  # fmt: skip
        return cms.ContentInfo({"content_type": "signed_data", "content": signed})
