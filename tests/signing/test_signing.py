"""Signing: profiles, several signatures, and when a certificate may sign."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto.core import OctetString, SequenceOf
from asn1crypto.crl import CertificateList
from pypdf import PdfReader

from motcua.base.errors import Invalid, Refused
from motcua.signing.looking import drawn
from motcua.signing.mending import mend
from motcua.signing.ports import Trust
from motcua.signing.report import Covers, Verdict
from motcua.signing.signing import Field, sign
from motcua.signing.verifying import verify
from tests.signing.attacks import encrypted
from tests.signing.ca import Ca, in_a_loop, key, signing_keys

YEAR = timedelta(days=365)


def test_a_signature_with_stamp_and_lists_is_b_lt_and_says_who_and_when(
    ca: Ca, signed: bytes, plain_pdf: bytes
) -> None:
    report = verify(signed, ca.trust(), at=ca.at)
    (one,) = report.signatures
    assert report.verdict is Verdict.VALID
    assert (one.signer, one.organisation) == ("Bùi Quang Vinh", "Ủy ban nhân dân phường Hoa Sen")
    assert (one.signed_at, one.time_stamped_at, one.profile) == (ca.at, ca.at, "B-LT")
    assert (one.intact, one.trusted, one.revocation_known, one.valid) == (True, True, True, True)
    assert (one.covers, one.problems) == (Covers.WHOLE, ())
    assert signed.startswith(plain_pdf)


@pytest.mark.parametrize(
    ("lists", "stamps", "profile", "problems"),
    [
        (True, True, "B-LT", ()),
        (False, True, "B-T", ("revocation_unknown", "time_stamp_unproven")),
        (False, False, "B-B", ("revocation_unknown",)),
    ],
)
def test_the_profile_is_what_could_be_embedded(
    ca: Ca, plain_pdf: bytes, lists: bool, stamps: bool, profile: str, problems: tuple[str, ...]
) -> None:
    full = ca.trust()
    trust = replace(full, crls=full.crls if lists else (), time_stamps=full.time_stamps if stamps else None)
    made = sign(plain_pdf, ca.key(trust), Field("NguoiKy"), at=ca.at)
    (one,) = verify(made, trust, at=ca.at).signatures
    assert (one.profile, one.problems) == (profile, problems)


def test_a_signature_without_stamp_is_good_while_its_certificate_is(ca: Ca, plain_pdf: bytes) -> None:
    trust = replace(ca.trust(), time_stamps=None)
    made = sign(plain_pdf, ca.key(trust, span=(ca.at - YEAR, ca.at + YEAR)), Field("NguoiKy"), at=ca.at)
    told = verify(made, trust, at=ca.at)
    assert (told.verdict, told.signatures[0].profile) == (Verdict.VALID, "B-B")
    later = verify(made, trust, at=ca.at + 2 * YEAR)
    assert (later.verdict, later.signatures[0].problems) == (Verdict.UNKNOWN, ("certificate_expired",))


def test_the_agency_signs_behind_the_person_and_both_stay_valid(ca: Ca, plain_pdf: bytes) -> None:
    first = sign(plain_pdf, ca.key(), Field("NguoiKy"), at=ca.at)
    agency = replace(key(ca.authority.signer("UBND phường Hoa Sen", "UBND phường Hoa Sen")), trust=ca.trust())
    both = sign(first, agency, Field("CoQuan"), at=ca.at)
    report = verify(both, ca.trust(), at=ca.at)
    assert report.verdict is Verdict.VALID
    covers = [(each.field, each.covers) for each in report.signatures]
    assert covers == [("NguoiKy", Covers.EARLIER), ("CoQuan", Covers.WHOLE)]
    assert both.startswith(first)


def test_a_field_is_signed_once(ca: Ca, signed: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        sign(signed, ca.key(), Field("NguoiKy"), at=ca.at)
    assert refused.value.code == "field_taken"


@pytest.mark.parametrize("broken", [b"", b"no pdf", b"%PDF-1.7\n", b"%PDF-1.7\ntrailer<<>>startxref 0 %%EOF"])
def test_what_is_no_pdf_is_not_signed(ca: Ca, broken: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        sign(broken, ca.key(), Field("NguoiKy"), at=ca.at)
    assert refused.value.code == "pdf_unreadable"


@pytest.mark.parametrize(
    ("begins", "ends", "code"),
    [(-2, -1, "certificate_expired"), (1, 2, "certificate_not_yet_valid")],
)
@pytest.mark.parametrize("lists", [True, False])
def test_a_certificate_that_does_not_hold_now_signs_nothing(
    ca: Ca, plain_pdf: bytes, begins: int, ends: int, code: str, lists: bool
) -> None:
    trust = ca.trust() if lists else replace(ca.trust(), crls=())
    outside = ca.key(trust, span=(ca.at + begins * YEAR, ca.at + ends * YEAR))
    with pytest.raises(Refused) as refused:
        sign(plain_pdf, outside, Field("NguoiKy"), at=ca.at)
    assert refused.value.code == code
    assert refused.value.details == {"on": ca.at + (ends if ends < 0 else begins) * YEAR}


def test_a_revoked_certificate_signs_nothing(ca: Ca, plain_pdf: bytes) -> None:
    made = ca.authority.signer("Người đã thôi việc", "Cơ quan")
    ca.authority.take_back(made, ca.at - timedelta(days=3))
    with pytest.raises(Refused) as refused:
        sign(plain_pdf, replace(key(made), trust=ca.trust()), Field("NguoiKy"), at=ca.at)
    assert (refused.value.code, refused.value.details) == ("certificate_revoked", {"on": ca.at - timedelta(days=3)})


def test_a_certificate_that_nobody_trusts_signs_nothing(ca: Ca, plain_pdf: bytes) -> None:
    stranger = Ca.made(ca.at)
    with pytest.raises(Refused) as refused:
        sign(plain_pdf, stranger.key(ca.trust()), Field("NguoiKy"), at=ca.at)
    assert refused.value.code == "certificate_untrusted"


def test_a_list_that_is_too_old_stops_signing(ca: Ca, plain_pdf: bytes) -> None:
    stale = ca.trust(crl_at=ca.at - timedelta(days=9), life=timedelta(days=2))
    with pytest.raises(Refused) as refused:
        sign(plain_pdf, ca.key(stale), Field("NguoiKy"), at=ca.at)
    assert refused.value.code == "revocation_unknown"


def test_an_authority_that_can_not_stamp_stops_signing(ca: Ca, plain_pdf: bytes) -> None:
    class Silent:
        def answer(self, request: bytes) -> bytes:
            raise Refused("time_stamp_unavailable")

    class Babbling:
        def answer(self, request: bytes) -> bytes:
            return b"no time"

    for authority in (Silent(), Babbling()):
        with pytest.raises(Refused) as refused:
            sign(plain_pdf, ca.key(replace(ca.trust(), time_stamps=authority)), Field("NguoiKy"), at=ca.at)
        assert refused.value.code == "time_stamp_unavailable"


def test_signed_in_time_it_stays_valid_when_the_certificate_has_expired(ca: Ca, plain_pdf: bytes) -> None:
    short = ca.key(span=(ca.at - YEAR, ca.at + timedelta(days=30)))
    made = sign(plain_pdf, short, Field("NguoiKy"), at=ca.at)
    old_list = ca.trust(crl_at=ca.at - timedelta(days=1), life=timedelta(days=7))
    for days in (0, 31, 365, 3000):
        report = verify(made, old_list, at=ca.at + timedelta(days=days))
        assert (days, report.verdict, report.signatures[0].problems) == (days, Verdict.VALID, ())
    with pytest.raises(Refused) as refused:
        sign(plain_pdf, short, Field("NguoiKy"), at=ca.at + timedelta(days=31))
    assert refused.value.code == "certificate_expired"


def test_revoked_after_signing_it_stays_valid_and_revoked_before_it_is_not(ca: Ca, plain_pdf: bytes) -> None:
    made = ca.authority.signer("Bùi Quang Vinh", "UBND phường Hoa Sen")
    file = sign(plain_pdf, replace(key(made), trust=ca.trust()), Field("NguoiKy"), at=ca.at)
    for revoked, verdict, problems in (
        (ca.at + timedelta(days=2), Verdict.VALID, ()),
        (ca.at - timedelta(days=2), Verdict.UNTRUSTED, ("certificate_revoked",)),
    ):
        ca.authority.taken_back.clear()
        ca.authority.take_back(made, revoked)
        report = verify(file, ca.trust(crl_at=ca.at + timedelta(days=5)), at=ca.at + timedelta(days=9))
        assert (report.verdict, report.signatures[0].problems) == (verdict, problems)


def test_a_revoked_authority_stamps_for_nobody(ca: Ca, plain_pdf: bytes) -> None:
    file = sign(plain_pdf, ca.key(span=(ca.at - YEAR, ca.at + YEAR)), Field("NguoiKy"), at=ca.at)
    stamper = ca.stamps.key.certificate.serial_number
    ca.authority.taken_back.append((stamper, ca.at + timedelta(days=1)))
    told = ca.trust(crl_at=ca.at + timedelta(days=2))
    after = verify(file, told, at=ca.at + 2 * YEAR)
    assert after.signatures[0].time_stamped_at is None
    assert after.signatures[0].problems == ("certificate_expired", "time_stamp_unproven")
    assert after.verdict is Verdict.UNKNOWN


def test_a_stamp_says_the_time_not_the_signer(ca: Ca, plain_pdf: bytes) -> None:
    ca.clock.at = ca.at + timedelta(hours=5)
    made = sign(plain_pdf, ca.key(), Field("NguoiKy"), at=ca.at)
    (one,) = verify(made, ca.trust(), at=ca.at + timedelta(days=1)).signatures
    assert (one.signed_at, one.time_stamped_at) == (ca.at, ca.at + timedelta(hours=5))


def test_who_knows_no_roots_trusts_nobody_and_says_nothing_against_a_signer(signed: bytes, ca: Ca) -> None:
    report = verify(signed, Trust(), at=ca.at)
    assert (report.verdict, report.signatures[0].problems) == (
        Verdict.UNKNOWN,
        ("certificate_untrusted", "time_stamp_unproven"),
    )


def test_the_lists_in_the_file_are_those_that_were_known(ca: Ca, signed: bytes) -> None:
    nothing_known = replace(ca.trust(), crls=())
    assert verify(signed, nothing_known, at=ca.at).verdict is Verdict.VALID
    forged = CertificateList.load(Ca.made(ca.at).authority.revoked(ca.at))
    assert verify(signed, replace(nothing_known, crls=(forged,)), at=ca.at).verdict is Verdict.VALID


def test_the_report_as_plain_values(ca: Ca, signed: bytes, noon: datetime) -> None:
    told = verify(signed, ca.trust(), at=ca.at).plain()
    assert told["verdict"] == "valid"
    assert told["signatures"][0]["time_stamped_at"] == noon.isoformat()


def test_a_length_that_ends_in_80_is_no_reason_to_encode_again() -> None:
    class Texts(SequenceOf):
        _child_spec = OctetString

    mend()
    longer_than_needed = b"\x30\x81\x80" + b"\x04\x81\x7d" + bytes(125)
    read = Texts.load(longer_than_needed)
    assert read[0].native == bytes(125)
    assert read.dump() == longer_than_needed
    read.append(b"more")
    assert read.dump() == b"\x30\x81\x86" + b"\x04\x81\x7d" + bytes(125) + b"\x04\x04more"


def test_a_visible_signature_stands_on_the_page_with_name_agency_and_time(ca: Ca, plain_pdf: bytes) -> None:
    field = Field("NguoiKy", (330, 60, 510, 110), reason="Phê duyệt")
    made = sign(plain_pdf, ca.key(), field, at=ca.at)
    assert verify(made, ca.trust(), at=ca.at).verdict is Verdict.VALID
    (page,) = PdfReader(io.BytesIO(made)).pages
    (widget,) = (each.get_object() for each in page["/Annots"])
    assert [int(edge) for edge in widget["/Rect"]] == [330, 60, 510, 110]
    seen = widget["/AP"]["/N"]["/Resources"]["/XObject"]["/Sheet"]
    assert [int(edge) for edge in seen["/BBox"]] == [0, 0, 180, 50]
    assert widget["/V"]["/Reason"] == "Phê duyệt"


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Hường", "#panic() *b* $x$", "N" * 64, "王 \x07", '"] #read("/etc/passwd")']
)
def test_whatever_a_certificate_is_called_its_picture_is_one_sheet_of_that_size(ca: Ca, name: str) -> None:
    certificate = key(ca.authority.signer(name, "Ủy ban nhân dân " * 4)).certificate
    (page,) = PdfReader(io.BytesIO(drawn(certificate, (0, 0, 180, 50), ca.at).sheet)).pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == (180, 50)
    assert "10/11/2026 09:00:00 +07:00" in " ".join(page.extract_text().split())


def test_it_works_where_a_loop_is_running(ca: Ca, plain_pdf: bytes) -> None:
    made = in_a_loop(lambda: sign(plain_pdf, ca.key(), Field("NguoiKy"), at=ca.at))
    assert in_a_loop(lambda: verify(made, ca.trust(), at=ca.at)).verdict is Verdict.VALID


def test_many_sign_at_the_same_time_with_one_key(tmp_path: Path, ca: Ca, plain_pdf: bytes) -> None:
    keys = signing_keys(tmp_path, ca.at)

    def one(number: int) -> tuple[Verdict, str]:
        agency = keys.of_agency("H99.101")
        assert agency
        made = sign(plain_pdf, agency, Field(f"So{number}"), at=ca.at)
        report = verify(made, keys.trust(), at=ca.at)
        return report.verdict, report.signatures[0].field

    with ThreadPoolExecutor(max_workers=6) as many:
        assert list(many.map(one, range(24))) == [(Verdict.VALID, f"So{number}") for number in range(24)]


def test_what_is_protected_by_a_password_is_not_signed(ca: Ca, plain_pdf: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        sign(encrypted(ca, plain_pdf, b""), ca.key(), Field("NguoiKy"), at=ca.at)
    assert refused.value.code == "pdf_unreadable"
