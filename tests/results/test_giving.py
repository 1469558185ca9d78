"""A signature that nobody can give any more is asked of another signer of the agency."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from motcua.base import files
from motcua.base.actor import SYSTEM, Actor
from motcua.base.errors import Forbidden, Invalid, NotFound, Refused
from motcua.people.models import Agency, Post
from motcua.results import actions, checks
from motcua.results.models import Result, SignatureAsked
from motcua.results.queries import asked_of, being_made, waiting_at, who_may_sign
from motcua.results.subscribers import make_documents
from motcua.signing.development import PIN
from motcua.signing.report import Verdict
from motcua.signing.verifying import verify
from tests.crowd import together
from tests.node import DAY, Node, officer
from tests.results.decided import HOUR, documented, facts, names
from tests.results.giving import DEPUTY, DEPUTY_NAME, deputy
from tests.signing.ca import WARD_NAME, Ring


def give(node: Node, result: Result, to: Actor, *, by: Actor, reason: str = "Đang nghỉ ốm") -> str:
    """What became of it: the code of a refusal, empty when it was given."""
    try:
        actions.give_signature(
            result.pk, UUID(to.id), reason, former=UUID(node.approver.id), by=by, at=node.noon + HOUR
        )
    except Refused as no:
        return no.code
    return ""


def signed(result: Result, by: Actor, node: Node) -> str:
    (done,) = actions.sign_chosen([result.pk], PIN, by=by, at=node.noon + HOUR)
    return done.refusal.code if done.refusal else ""


def test_another_signs_what_the_one_who_decided_can_not(node: Node, ring: Ring) -> None:
    ring.agency()
    ring.person()
    other = deputy(node, ring)
    result = documented(node)
    actions.look(result.pk, by=node.approver, at=node.noon)
    assert give(node, result, other, by=other) == ""
    assert (waiting_at(other), being_made(other), being_made(node.approver)) == ([], 1, 0)
    make_documents(facts(result)[-1:])
    assert ([each.result for each in asked_of(other)], asked_of(node.approver)) == ([result], [])
    assert signed(result, node.approver, node) == "signature_not_asked"
    assert signed(result, other, node) == "result_not_looked_at"
    actions.look(result.pk, by=other, at=node.noon + HOUR)
    assert signed(result, other, node) == ""
    result.refresh_from_db()
    assert result.signed_by == f"{DEPUTY_NAME}; {WARD_NAME}"
    pdf = files.open_file(str(result.file_id)).read()
    assert verify(pdf, ring.bound().trust(), at=node.noon + HOUR).verdict == Verdict.VALID
    assert names(result) == [
        "issued", "signature_asked", "signature_given", "signature_asked", "signed", "signed", "documented",
    ]  # fmt: skip
    assert facts(result)[2].data == {
        "number": result.number, "officer": other.id, "former": node.approver.id, "reason": "Đang nghỉ ốm",
    }  # fmt: skip
    assert (list(checks.check_waiting()), list(checks.check_facts())) == ([], [])


def test_the_document_names_who_signs_it(node: Node, ring: Ring) -> None:
    ring.person()
    other = deputy(node, ring)
    result = documented(node)
    before = SignatureAsked.objects.get().prepared_id
    give(node, result, other, by=node.approver)
    make_documents(facts(result)[-1:])
    make_documents(facts(result))  # replayed
    asked = SignatureAsked.objects.get()
    assert (asked.prepared_id != before, str(asked.officer_id)) == (True, other.id)
    assert names(result) == ["issued", "signature_asked", "signature_given", "signature_asked"]


def test_what_the_former_one_signs_in_that_moment_does_not_count(node: Node, ring: Ring) -> None:
    ring.person()
    other = deputy(node, ring)
    result = documented(node)
    stale = asked_of(node.approver, [result.pk])[0]
    key = ring.bound().of_person("chutich.hoasen")
    assert key is not None
    give(node, result, other, by=other)
    make_documents(facts(result)[-1:])
    from motcua.results.actions.signing import _tried

    refusal = _tried(stale, key.unlock(PIN), by=node.approver, at=node.noon + HOUR)
    assert refusal is not None
    assert refusal.code == "signature_not_asked"
    result.refresh_from_db()
    assert (result.file_id, names(result)[-1]) == (None, "signature_asked")


Refusal = tuple[str, type[Refused], Callable[[Node, Ring, Result, Actor], object]]


def who(node: Node, by: Actor) -> dict[str, object]:
    return {"former": UUID(node.approver.id), "by": by, "at": node.noon}


REFUSALS: list[Refusal] = [
    ("reason_missing", Invalid, lambda n, _, r, o: actions.give_signature(r.pk, UUID(o.id), " ", **who(n, o))),
    ("wrong_role", Forbidden, lambda n, _, r, o: actions.give_signature(r.pk, UUID(o.id), "Ốm", **who(n, n.clerk))),
    ("wrong_role", Forbidden, lambda n, _, r, o: actions.give_signature(r.pk, UUID(o.id), "Ốm", **who(n, n.mother))),
    ("wrong_role", Forbidden, lambda n, _, r, o: actions.give_signature(r.pk, UUID(o.id), "Ốm", **who(n, SYSTEM))),
    ("signature_not_waiting", NotFound, lambda n, _, r, o: actions.give_signature(
        r.pk, UUID(o.id), "Ốm", **who(n, officer("chutich.hoamai", Agency.objects.get(code="H99.102"))))),
    ("signature_not_waiting", NotFound, lambda n, _, r, o: actions.give_signature(
        uuid4(), UUID(o.id), "Ốm", **who(n, o))),
    ("signature_not_waiting", NotFound, lambda n, _, r, o: actions.give_signature(
        r.pk, UUID(n.approver.id), "Ốm", former=UUID(o.id), by=o, at=n.noon)),
    ("signature_not_waiting", NotFound, lambda n, _, r, o: actions.give_signature(
        r.pk, UUID(o.id), "Ốm", former=None, by=o, at=n.noon)),
    ("signer_unfit", Invalid, lambda n, _, r, o: actions.give_signature(r.pk, UUID(n.clerk.id), "Ốm", **who(n, o))),
    ("signer_unfit", Invalid, lambda n, _, r, o: actions.give_signature(r.pk, UUID(n.approver.id), "Ốm", **who(n, o))),
    ("signer_unfit", Invalid, lambda n, _, r, o: actions.give_signature(r.pk, uuid4(), "Ốm", **who(n, o))),
]  # fmt: skip


def test_whatever_is_refused_leaves_it_with_who_decided(node: Node, ring: Ring) -> None:
    ring.person()
    ring.person("hotich.hoasen", "Vũ Minh Đức")  # a clerk with a key still does not answer for the agency
    other = deputy(node, ring)
    result = documented(node)
    for code, kind, act in REFUSALS:
        with pytest.raises(kind, match=code):
            act(node, ring, result, other)
        assert names(result) == ["issued", "signature_asked"]
        assert str(SignatureAsked.objects.get().officer_id) == node.approver.id
    assert str(Result.objects.get(pk=result.pk).signer_id) == node.approver.id


def test_only_who_holds_the_post_today_and_has_a_key_can_be_asked(node: Node, ring: Ring) -> None:
    ring.person()
    result = documented(node)
    other = deputy(node, ring)
    head = deputy(node, ring, role="head", login="truongphong.hoasen", name="An Văn Bảy")
    assert [each.full_name for each in who_may_sign(node.agency.id, on=DAY)] == [
        "An Văn Bảy", "Bùi Quang Vinh", DEPUTY_NAME,
    ]  # fmt: skip
    (ring.folder / f"people/{DEPUTY}.p12").unlink()
    assert give(node, result, other, by=head) == "signer_unfit"
    Post.objects.filter(officer=head.id).update(valid_until=DAY - timedelta(days=1))
    assert give(node, result, head, by=node.approver) == "signer_unfit"
    assert [each.full_name for each in who_may_sign(node.agency.id, on=DAY)] == ["Bùi Quang Vinh"]


def test_what_waits_for_the_agency_alone_is_given_to_nobody(node: Node, ring: Ring) -> None:
    ring.agency()
    result = documented(node)
    other = deputy(node, ring)
    assert give(node, result, other, by=other) == "signature_not_waiting"
    assert names(result) == ["issued", "signature_asked"]


def test_who_took_over_gives_what_waited_at_the_agency_before(node: Node, ring: Ring) -> None:
    ring.person()
    result = documented(node)
    head = officer("chutich.hoamai", Agency.objects.get(code="H99.102"))
    ring.person("chutich.hoamai", "Dương Thị Ngọc")
    assert waiting_at(head) == []
    Agency.objects.filter(pk=node.agency.pk).update(successor=head.agency, valid_until=DAY)
    assert [each.result for each in waiting_at(head)] == [result]
    assert give(node, result, head, by=head) == ""
    make_documents(facts(result)[-1:])
    assert [each.result for each in asked_of(head)] == [result]


def test_two_give_it_at_once_and_one_of_them_does(committed_node: Node, ring: Ring) -> None:
    node = committed_node
    ring.person()
    one, two = deputy(node, ring), deputy(node, ring, login="phochutich2.hoasen", name="Lý Văn Cường")
    result = documented(node)
    told = together(lambda: give(node, result, one, by=two), lambda: give(node, result, two, by=node.approver))
    assert sorted(told) == ["", "signature_not_waiting"]
    assert names(result) == ["issued", "signature_asked", "signature_given"]


def test_given_while_it_is_being_signed_one_of_the_two_counts(committed_node: Node, ring: Ring) -> None:
    node = committed_node
    ring.person()
    other = deputy(node, ring)
    result = documented(node)
    actions.look(result.pk, by=node.approver, at=node.noon)
    told = together(lambda: signed(result, node.approver, node), lambda: give(node, result, other, by=other))
    happened = names(result)[2:]
    assert (told, happened) in [
        (["", "signature_not_waiting"], ["signed", "documented"]),
        (["signature_not_asked", ""], ["signature_given"]),
    ]


def test_who_reads_no_registry_sees_nothing_of_what_waits(node: Node, ring: Ring) -> None:
    ring.person()
    result = documented(node)
    assert [each.result for each in waiting_at(node.clerk)] == [result]
    assert waiting_at(replace(node.clerk, roles=frozenset({"administrator"}))) == []
