"""PINs guessed at once are counted one by one, before a key sees them."""

from motcua.base.models import Fact
from motcua.results import actions
from motcua.results.models import PinGuesses, Result
from motcua.signing.development import PIN
from tests.crowd import together
from tests.node import Node
from tests.results.decided import HOUR, documented
from tests.signing.ca import CHAIRMAN, Ring
from tests.signing.remote_service import CODE, SECRET, RemoteService

CROWD = 20


def guess(node: Node, result: Result, pin: str, hours: int = 0) -> str:
    """What one try came to: the refusal of the result, empty when it is signed."""
    (done,) = actions.sign_chosen([result.pk], pin, by=node.approver, at=node.noon + hours * HOUR)
    return done.refusal.code if done.refusal else ""


def test_twenty_guesses_at_once_reach_a_far_key_five_times(committed_node: Node, ring: Ring) -> None:
    node, service = committed_node, RemoteService()
    try:
        ring.remote(service.url, SECRET)
        service.keys[CHAIRMAN] = ring.last.private
        result = documented(node)
        actions.look(result.pk, by=node.approver, at=node.noon)
        told = together(*[lambda: guess(node, result, "000000")] * CROWD)
        assert sorted(told) == ["pin_blocked_for_now"] * (CROWD - 5) + ["pin_wrong"] * 5
        assert len(service.asked) == 5
        assert Fact.objects.filter(name="results.pin_wrong").count() == 5
        assert together(lambda: guess(node, result, CODE)) == ["pin_blocked_for_now"]
        assert len(service.asked) == 5
        assert guess(node, result, CODE, hours=1) == ""
        assert PinGuesses.objects.get().guesses == 0
    finally:
        service.stop()


def test_twenty_guesses_at_once_open_a_key_on_disk_never_and_are_counted_five_times(
    committed_node: Node, ring: Ring
) -> None:
    node = committed_node
    ring.person()
    result = documented(node)
    told = together(*[lambda: guess(node, result, "000000")] * CROWD)
    assert sorted(told) == ["pin_blocked_for_now"] * (CROWD - 5) + ["pin_wrong"] * 5
    assert Fact.objects.filter(name="results.pin_wrong").count() == 5


def test_a_right_pin_takes_nothing_from_what_may_be_guessed(node: Node, ring: Ring) -> None:
    ring.person()
    for _ in range(6):
        result = documented(node)
        actions.look(result.pk, by=node.approver, at=node.noon)
        assert guess(node, result, PIN) == ""
    assert PinGuesses.objects.get().guesses == 0
