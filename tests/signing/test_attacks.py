"""Every attack on a signed file gets its verdict, and none is called valid. Files made to hurt get one too."""

import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import pytest

from motcua.signing import verifying
from motcua.signing.report import Covers, Verdict
from motcua.signing.signing import Field, sign
from motcua.signing.verifying import verify
from tests.signing import attacks
from tests.signing.ca import Ca, in_a_loop

CHANGED, UNTRUSTED, UNKNOWN = Verdict.CHANGED, Verdict.UNTRUSTED, Verdict.UNKNOWN
Attack = Callable[[Ca, bytes, bytes], bytes]

ATTACKS: dict[Attack, tuple[Verdict, str]] = {
    attacks.byte_of_content_flipped: (CHANGED, "changed"),
    attacks.byte_of_metadata_flipped: (CHANGED, "changed"),
    attacks.byte_of_signature_flipped: (CHANGED, "changed"),
    attacks.byte_range_moved: (CHANGED, "changed"),
    attacks.byte_range_of_nothing: (CHANGED, "changed"),
    attacks.byte_range_below_zero: (UNKNOWN, "signature_unreadable"),
    attacks.signature_emptied: (UNKNOWN, "signature_unreadable"),
    attacks.one_signature_in_two_fields: (UNKNOWN, "too_complex"),
    attacks.one_signature_in_many_fields: (UNKNOWN, "too_complex"),
    attacks.signature_of_another_file: (CHANGED, "changed"),
    attacks.signature_cut_off: (Verdict.NOT_SIGNED, "not_signed"),
    attacks.end_cut_off: (Verdict.NOT_A_PDF, "unreadable"),
    attacks.bytes_put_before: (Verdict.NOT_A_PDF, "unreadable"),
    attacks.bytes_put_behind: (CHANGED, "content_added"),
    attacks.page_added: (CHANGED, "content_added"),
    attacks.content_replaced: (CHANGED, "content_added"),
    attacks.note_laid_over: (CHANGED, "content_added"),
    attacks.empty_field_laid_over: (CHANGED, "content_added"),
    attacks.value_taken_from_field: (Verdict.NOT_SIGNED, "not_signed"),
    attacks.kind_made_unknown: (UNKNOWN, "kind_unknown"),
    attacks.by_another_authority_of_the_same_name: (UNTRUSTED, "certificate_untrusted"),
    attacks.by_oneself: (UNTRUSTED, "certificate_untrusted"),
    attacks.for_another_purpose: (UNTRUSTED, "certificate_untrusted"),
    attacks.expired_and_stamped_by_a_stranger: (UNKNOWN, "certificate_expired"),
    attacks.signed_again_by_a_stranger: (UNTRUSTED, "certificate_untrusted"),
    attacks.encrypted: (UNKNOWN, "encrypted"),
    attacks.many_objects: (Verdict.NOT_SIGNED, "not_signed"),
    attacks.fields_without_end: (Verdict.NOT_A_PDF, "unreadable"),
    attacks.arrays_in_arrays: (Verdict.NOT_A_PDF, "unreadable"),
    attacks.update_before_itself: (Verdict.NOT_A_PDF, "unreadable"),
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_an_attack_has_its_verdict(ca: Ca, plain_pdf: bytes, signed: bytes, attack: Attack) -> None:
    file = attack(ca, plain_pdf, signed)
    assert file != signed
    report = verify(file, ca.trust(), at=ca.at)
    problems = {*report.problems, *(code for each in report.signatures for code in each.problems)}
    verdict, problem = ATTACKS[attack]
    assert (report.verdict, problem in problems, problems) == (verdict, True, problems)
    assert all(each.valid for each in report.signatures) is False or not report.signatures


@pytest.mark.parametrize(
    "junk", [b"", b"%PDF-", b"%PDF-1.7\n%%EOF", b"PK\x03\x04", b"\x00" * 5000, b"%PDF-1.7\n" + b"<" * 10**6]
)
def test_junk_is_no_pdf(ca: Ca, junk: bytes) -> None:
    assert verify(junk, ca.trust(), at=ca.at).verdict is Verdict.NOT_A_PDF


def test_a_file_cut_off_anywhere_is_never_valid(ca: Ca, plain_pdf: bytes, signed: bytes) -> None:
    for end in range(len(plain_pdf) - 100, len(signed) - 2, 377):
        report = verify(signed[:end], ca.trust(), at=ca.at)
        assert report.verdict in {Verdict.NOT_A_PDF, Verdict.NOT_SIGNED, CHANGED, UNKNOWN}, end


def test_a_byte_flipped_anywhere_is_never_valid(ca: Ca, signed: bytes) -> None:
    begin, end = attacks.contents(signed)
    places = [place for place in range(9, len(signed), 1499) if not begin <= place < end]
    for place in places:
        assert verify(attacks.flipped(signed, place), ca.trust(), at=ca.at).verdict is not Verdict.VALID, place


def test_what_a_stranger_signs_behind_spoils_the_file_not_the_first_signature(
    ca: Ca, plain_pdf: bytes, signed: bytes
) -> None:
    file = attacks.signed_again_by_a_stranger(ca, plain_pdf, signed)
    first, second = verify(file, ca.trust(), at=ca.at).signatures
    assert (first.valid, first.covers, first.signer) == (True, Covers.EARLIER, "Bùi Quang Vinh")
    assert (second.valid, second.trusted) == (False, False)


def test_a_file_that_is_too_large_is_not_even_opened(ca: Ca, signed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "MOST_BYTES", len(signed) - 1)
    report = verify(signed, ca.trust(), at=ca.at)
    assert (report.verdict, report.problems) == (UNKNOWN, ("too_large",))


def test_a_file_that_takes_for_ever_is_given_up(ca: Ca, signed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def for_ever(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(verifying, "covered", for_ever)
    report = verify(signed, ca.trust(), at=ca.at, within=0.1)
    assert (report.verdict, report.problems) == (UNKNOWN, ("too_complex",))


def test_a_file_with_more_signatures_than_anybody_needs_is_not_worked_through(
    ca: Ca, plain_pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "MOST_SIGNATURES", 2)
    two = sign(sign(plain_pdf, ca.key(), Field("Mot"), at=ca.at), ca.key(), Field("Hai"), at=ca.at)
    assert verify(two, ca.trust(), at=ca.at).verdict is Verdict.VALID
    report = verify(sign(two, ca.key(), Field("Ba"), at=ca.at), ca.trust(), at=ca.at)
    assert (report.verdict, report.signatures, report.problems) == (UNKNOWN, (), ("too_complex",))


def test_it_is_given_up_inside_a_running_loop_too(ca: Ca, signed: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_loop(lambda: test_a_file_that_takes_for_ever_is_given_up(ca, signed, monkeypatch))


def test_a_document_of_10_000_objects_is_signed_and_verified(ca: Ca, plain_pdf: bytes) -> None:
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<<>>>>"
    large = attacks.made_of([b"<</Type/Catalog/Pages 2 0 R>>", *pages, *[b"<</A[1 2 3]>>"] * 10_000])
    made = sign(sign(large, ca.key(), Field("Mot"), at=ca.at), ca.key(), Field("Hai"), at=ca.at)
    assert verify(made, ca.trust(), at=ca.at).verdict is Verdict.VALID


def test_a_bomb_among_the_lists_of_a_file_is_not_unpacked(ca: Ca, plain_pdf: bytes, signed: bytes) -> None:
    file = attacks.a_bomb_beside_the_lists(ca, plain_pdf, signed)
    tracemalloc.start()
    report = verify(file, ca.trust(), at=ca.at)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (report.verdict, most < 20_000_000) == (Verdict.VALID, True)
    assert verify(file, replace(ca.trust(), crls=()), at=ca.at).verdict is UNKNOWN
