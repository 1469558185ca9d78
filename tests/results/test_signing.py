"""Results are signed: by the agency alone, by who decided and the agency after it, only what was looked at, or not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from motcua.base import files
from motcua.base.actor import SYSTEM
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.base.models import Fact, StoredFile
from motcua.people.models import Agency
from motcua.results import actions, checks, jobs
from motcua.results.actions import signing
from motcua.results.models import Result, SignatureAsked
from motcua.results.queries import asked_of, being_made, count_waiting
from motcua.results.subscribers import make_documents
from motcua.signing.development import PIN
from motcua.signing.report import Covers, Report, Verdict
from motcua.signing.verifying import verify
from tests.node import Node
from tests.results.decided import HOUR, documented, facts, names
from tests.signing.ca import CHAIRMAN, CHAIRMAN_NAME, WARD_NAME, Ring
from tests.signing.remote_service import SECRET, RemoteService

CHECKS = (checks.check_facts, checks.check_waiting, checks.check_documents)


def report(result: Result, ring: Ring) -> Report:
    result.refresh_from_db()
    with files.open_file(str(result.file_id)) as content:
        return verify(content.read(), ring.bound().trust(), at=ring.noon + HOUR)


def waits(result: Result) -> tuple[bool, str]:
    """Whether it has no document yet, and why the last try to sign it failed."""
    result.refresh_from_db()
    return result.file_id is None, SignatureAsked.objects.get(pk=result.pk).refusal


def sign(node: Node, *results: Result, pin: str = PIN, hours: int = 0) -> list[str]:
    """What became of each: its refusal, or nothing."""
    chosen = [each.pk for each in results]
    done = actions.sign_chosen(chosen, pin, by=node.approver, at=node.noon + hours * HOUR)
    return [each.refusal.code if each.refusal else "" for each in done]


def looked(node: Node, *results: Result) -> None:
    for each in results:
        assert actions.look(each.pk, by=node.approver, at=node.noon).startswith(b"%PDF-")


def test_without_keys_the_document_is_there_at_once_and_says_that_nobody_signed(node: Node) -> None:
    result = documented(node)
    assert (result.signed_by, names(result)) == ("", ["issued", "documented"])
    assert SignatureAsked.objects.count() == 0
    assert verify(files.open_file(str(result.file_id)).read(), Ring.bound().trust(), at=node.noon).verdict == (
        Verdict.NOT_SIGNED
    )


def test_the_certificate_of_the_agency_signs_alone_where_the_officer_has_none(node: Node, ring: Ring) -> None:
    ring.agency()
    result = documented(node)
    assert waits(result) == (True, "")
    assert count_waiting(node.approver) == 0
    assert actions.seal(result.pk, by=SYSTEM, at=node.noon) is None
    found = report(result, ring)
    assert (found.verdict, [each.signer for each in found.signatures]) == (Verdict.VALID, [WARD_NAME])
    assert (found.signatures[0].profile, result.signed_by) == ("B-LT", WARD_NAME)
    assert names(result) == ["issued", "signature_asked", "signed", "documented"]
    assert facts(result)[2].data["profile"] == "B-LT"
    with pytest.raises(NotFound, match="signature_not_asked"):
        actions.seal(result.pk, by=SYSTEM, at=node.noon)


def test_who_decided_signs_and_the_agency_closes_it(node: Node, ring: Ring) -> None:
    ring.agency()
    ring.person()
    result = documented(node)
    assert [each.result for each in asked_of(node.approver)] == [result]
    with pytest.raises(Refused, match="result_not_ready"):
        actions.hand_over(result.reference, by=node.reception, at=node.noon)
    looked(node, result)
    assert sign(node, result) == [""]
    found = report(result, ring)
    assert found.verdict == Verdict.VALID
    assert [(each.signer, each.covers, each.profile) for each in found.signatures] == [
        (CHAIRMAN_NAME, Covers.EARLIER, "B-LT"), (WARD_NAME, Covers.WHOLE, "B-LT"),
    ]  # fmt: skip
    assert result.signed_by == f"{CHAIRMAN_NAME}; {WARD_NAME}"
    assert names(result) == ["issued", "signature_asked", "signed", "signed", "documented"]
    assert facts(result)[2].data["signer"] == CHAIRMAN_NAME
    assert PIN not in str([fact.data for fact in facts(result)])
    assert [list(check()) for check in CHECKS] == [[], [], []]
    actions.hand_over(result.reference, by=node.reception, at=node.noon)


def test_the_prepared_document_is_what_was_looked_at_and_what_is_signed(node: Node, ring: Ring) -> None:
    ring.person()
    result = documented(node)
    seen = actions.look(result.pk, by=node.approver, at=node.noon)
    actions.look(result.pk, by=node.approver, at=node.noon + HOUR)
    (look,) = Fact.objects.filter(name="results.looked")
    assert look.data == {
        "result": str(result.pk), "sha256": SignatureAsked.objects.get().prepared_id, "purpose": "signing",
    }  # fmt: skip
    sign(node, result)
    result.refresh_from_db()
    assert files.open_file(str(result.file_id)).read().startswith(seen)


def test_twenty_are_signed_after_looking_and_the_one_not_looked_at_is_refused(node: Node, ring: Ring) -> None:
    ring.agency()
    ring.person()
    results = [documented(node) for _ in range(21)]
    looked(node, *results[:20])
    assert sign(node, *results) == [""] * 20 + ["result_not_looked_at"]
    assert Result.objects.exclude(file=None).count() == 20
    assert waits(results[20]) == (True, "")
    assert names(results[20]) == ["issued", "signature_asked"]
    assert {report(each, ring).verdict for each in results[:3]} == {Verdict.VALID}


def test_a_look_at_another_document_of_the_result_does_not_count(node: Node, ring: Ring) -> None:
    ring.person()
    result = documented(node)
    looked(node, result)
    other = files.keep(b"%PDF-1.7 something else", "application/pdf", at=node.noon)
    SignatureAsked.objects.update(prepared=other)
    assert sign(node, result) == ["result_not_looked_at"]
    assert waits(result)[0]


def test_an_expired_certificate_refuses_the_new_and_leaves_the_old_valid(node: Node, ring: Ring) -> None:
    ring.agency(until=node.noon + timedelta(minutes=30))
    ring.person()
    old, new = documented(node), documented(node)
    looked(node, old, new)
    assert sign(node, old) == [""]
    kept = StoredFile.objects.count()
    assert sign(node, new, hours=1) == ["certificate_expired"]
    assert waits(new) == (True, "certificate_expired")
    assert StoredFile.objects.count() == kept
    assert names(new) == ["issued", "signature_asked", "signature_refused"]
    assert sign(node, new, hours=1) == ["certificate_expired"]
    assert names(new) == ["issued", "signature_asked", "signature_refused"]  # told once
    assert report(old, ring).verdict == Verdict.VALID  # an hour later
    ring.agency()
    assert sign(node, new, hours=1) == [""]
    assert report(new, ring).verdict == Verdict.VALID
    assert not SignatureAsked.objects.exists()


def test_a_revoked_certificate_is_refused_and_the_result_waits(node: Node, ring: Ring) -> None:
    ring.person()
    result = documented(node)
    looked(node, result)
    ring.authority.take_back(ring.last, node.noon - HOUR)
    ring.publish_list(node.noon - HOUR)
    assert sign(node, result) == ["certificate_revoked"]
    assert waits(result) == (True, "certificate_revoked")


def test_a_sealed_result_waits_while_the_agency_has_no_key_that_counts(node: Node, ring: Ring) -> None:
    ring.agency(until=node.noon - HOUR)
    result = documented(node)
    refusal = actions.seal(result.pk, by=SYSTEM, at=node.noon)
    assert refusal is not None
    assert (refusal.code, waits(result)) == ("certificate_expired", (True, "certificate_expired"))
    ring.agency()
    assert actions.seal(result.pk, by=SYSTEM, at=node.noon) is None


def test_a_wrong_pin_signs_nothing(node: Node, ring: Ring) -> None:
    ring.person()
    result = documented(node)
    looked(node, result)
    for pin in ("000000", "", "\x00", "x" * 5000, PIN + " "):
        with pytest.raises(Refused, match="pin_wrong"):
            sign(node, result, pin=pin)
    assert waits(result) == (True, "")
    assert names(result) == ["issued", "signature_asked"]


def test_after_five_wrong_pins_even_the_right_one_waits(node: Node, ring: Ring) -> None:
    ring.person()
    result = documented(node)
    looked(node, result)
    for _ in range(5):
        with pytest.raises(Refused, match="pin_wrong"):
            sign(node, result, pin="1")
    with pytest.raises(Refused, match="pin_blocked_for_now"):
        sign(node, result)
    assert Fact.objects.filter(name="results.pin_wrong").count() == 5
    assert waits(result) == (True, "")
    assert sign(node, result, hours=1) == [""]


def test_nobody_else_looks_or_signs(node: Node, ring: Ring) -> None:
    ring.person()
    ring.person("hotich.hoasen", "Vũ Minh Đức")
    result = documented(node)
    looked(node, result)
    for by in (node.clerk, node.stranger, node.mother, SYSTEM):
        with pytest.raises(NotFound, match="signature_not_asked"):
            actions.look(result.pk, by=by, at=node.noon)
    (done,) = actions.sign_chosen([result.pk], PIN, by=node.clerk, at=node.noon)
    assert (done.number, done.refusal and done.refusal.code) == ("", "signature_not_asked")
    for by in (node.stranger, node.mother, SYSTEM):
        with pytest.raises((Refused, Forbidden), match="no_key"):
            actions.sign_chosen([result.pk], PIN, by=by, at=node.noon)
    assert waits(result) == (True, "")
    with pytest.raises(NotFound, match="signature_not_asked"):  # a person is asked: the agency alone does not do
        actions.seal(result.pk, by=SYSTEM, at=node.noon)


def test_who_left_the_agency_signs_nothing_for_it_any_more(node: Node, ring: Ring) -> None:
    ring.agency()
    ring.person()
    result = documented(node)
    looked(node, result)
    gone = replace(node.approver, agency=node.stranger.agency)
    assert (asked_of(gone), count_waiting(gone), count_waiting(node.approver)) == ([], 0, 1)
    with pytest.raises(NotFound, match="signature_not_asked"):
        actions.look(result.pk, by=gone, at=node.noon)
    (done,) = actions.sign_chosen([result.pk], PIN, by=gone, at=node.noon)
    assert (done.number, done.refusal and done.refusal.code) == ("", "signature_not_asked")
    assert (waits(result), names(result)) == ((True, ""), ["issued", "signature_asked"])
    Agency.objects.filter(pk=node.agency.pk).update(  # the other took over
        successor=node.stranger.agency, valid_until=node.noon.date()
    )
    assert (count_waiting(gone), [each.result for each in asked_of(gone)]) == (1, [result])


def test_a_wrong_code_is_sent_to_a_service_once_and_not_for_every_result(node: Node, ring: Ring) -> None:
    service = RemoteService()
    try:
        ring.remote(service.url, SECRET)
        service.keys[CHAIRMAN] = ring.last.private
        results = [documented(node) for _ in range(3)]
        looked(node, *results)
        assert sign(node, *results, pin="000000") == ["pin_wrong"] * 3
        assert len(service.asked) == 1
        assert Fact.objects.filter(name="results.pin_wrong").count() == 1
        assert [waits(each)[0] for each in results] == [True] * 3
        for _ in range(4):
            sign(node, *results, pin="000000")
        with pytest.raises(Refused, match="pin_blocked_for_now"):
            sign(node, *results, pin="000000")
        assert len(service.asked) == 5
    finally:
        service.stop()


@pytest.mark.parametrize("lost", ["agencies.secret", "root.crl"])
def test_one_agency_whose_key_is_broken_does_not_stop_the_worker(node: Node, ring: Ring, lost: str) -> None:
    ring.agency()
    (ring.folder / lost).unlink()
    result = documented(node)
    assert jobs.seal_waiting() == 0
    assert waits(result) == (True, "key_unavailable")


@pytest.mark.parametrize(
    ("chosen", "code"), [([], "no_result_chosen"), ([uuid4() for _ in range(201)], "too_many_results")]
)
def test_nothing_and_too_much_are_refused(node: Node, ring: Ring, chosen: list[UUID], code: str) -> None:
    ring.person()
    with pytest.raises(Invalid, match=code):
        actions.sign_chosen(chosen, PIN, by=node.approver, at=node.noon)
    assert (ring.person() or actions.sign_chosen([uuid4()], PIN, by=node.approver, at=node.noon))[0].number == ""


def test_sent_twice_the_second_finds_it_signed(node: Node, ring: Ring) -> None:
    ring.person()
    result = documented(node)
    looked(node, result)
    assert sign(node, result, result) == [""]
    assert sign(node, result) == ["signature_not_asked"]
    assert names(result).count("documented") == 1


def test_a_letter_that_refuses_is_signed_too(node: Node, ring: Ring) -> None:
    ring.person()
    letter = documented(node, granted=False, template="tu-choi", validity="")
    looked(node, letter)
    assert sign(node, letter) == [""]
    assert report(letter, ring).verdict == Verdict.VALID


def test_the_worker_seals_what_waits_and_tries_again_after_a_while(node: Node, ring: Ring) -> None:
    now = datetime.now(UTC)
    assert documented(node).file_id is not None  # no key yet: there at once
    ring.agency(until=now - timedelta(days=1))
    waiting = documented(node)
    assert jobs.seal_waiting() == 0
    assert waits(waiting) == (True, "certificate_expired")
    ring.agency()
    assert jobs.seal_waiting() == 0  # not before five minutes are over
    SignatureAsked.objects.update(tried_at=now - timedelta(minutes=6))
    good = documented(node)
    assert jobs.seal_waiting() == 2
    for each in (waiting, good):
        each.refresh_from_db()
        assert each.signed_by == WARD_NAME
    assert jobs.seal_waiting() == 0


def test_a_key_that_is_out_of_reach_is_waited_for(node: Node, ring: Ring) -> None:
    ring.agency()
    ring.put("agencies.secret", b"another")
    ring.folder.joinpath("agencies.secret").chmod(0o644)
    result = documented(node)
    assert waits(result) == (True, "")
    refusal = actions.seal(result.pk, by=SYSTEM, at=node.noon)
    assert refusal is not None
    assert (refusal.code, waits(result)[1]) == ("key_file_open_to_others", "key_file_open_to_others")


def test_what_was_taken_back_waits_for_nobody_and_is_not_signed(node: Node, ring: Ring) -> None:
    ring.agency()
    ring.person()
    revoked, replaced, new = documented(node), documented(node), documented(node)
    looked(node, revoked, replaced, new)
    assert sign(node, new) == [""]
    actions.revoke(revoked.pk, "Cấp nhầm", "12/QĐ", by=node.approver, at=node.noon)
    actions.replace(replaced.pk, "Cấp nhầm", new.number, by=node.approver, at=node.noon)
    assert (SignatureAsked.objects.count(), asked_of(node.approver), being_made(node.approver)) == (0, [], 0)
    assert sign(node, revoked, replaced) == ["signature_not_asked"] * 2
    assert names(revoked) == ["issued", "signature_asked", "revoked"]
    with pytest.raises(Refused, match="result_revoked"):
        actions.hand_over(revoked.reference, by=node.reception, at=node.noon)
    make_documents(facts(revoked)[:1])  # the worker, late or again
    assert not SignatureAsked.objects.exists()
    revoked.refresh_from_db()
    assert (revoked.file_id, revoked.signed_by) == (None, "")
    assert [list(check()) for check in CHECKS] == [[], [], []]


def test_what_is_suspended_is_signed_when_it_counts_again(node: Node, ring: Ring) -> None:
    ring.agency()
    sealed = documented(node)
    ring.person()
    result = documented(node)
    looked(node, result)
    for each in (sealed, result):
        actions.suspend(each.pk, "Đang kiểm tra", by=node.approver, at=node.noon)
    assert sign(node, result) == ["result_wrong_state"]
    assert (jobs.seal_waiting(), waits(sealed), waits(result)) == (0, (True, ""), (True, ""))
    for each in (sealed, result):
        actions.resume(each.pk, "Đã kiểm tra", by=node.approver, at=node.noon)
    assert sign(node, result) == [""]
    assert jobs.seal_waiting() == 1


def test_what_is_taken_back_while_it_is_signed_stays_unsigned(
    node: Node, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring.person()
    result = documented(node)
    looked(node, result)

    def meanwhile(*given: object, **more: object) -> bytes:
        actions.revoke(result.pk, "Cấp nhầm", "12/QĐ", by=node.approver, at=node.noon)
        return b"%PDF-1.7 signed"

    monkeypatch.setattr(signing, "sign", meanwhile)
    assert sign(node, result) == ["signature_not_asked"]
    result.refresh_from_db()
    assert (result.file_id, result.signed_by, names(result)[-1]) == (None, "", "revoked")


def test_the_check_names_what_waits_though_it_was_taken_back(node: Node, ring: Ring) -> None:
    ring.person()
    result = documented(node)
    Result.objects.update(state="revoked")
    assert list(checks.check_waiting()) == [f"result {result.number} is revoked and still waits for a signature"]
