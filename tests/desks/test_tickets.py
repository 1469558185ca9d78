"""Queue tickets: numbers in order, two officers at once, who was skipped comes again, nobody's number twice."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connection

from motcua.base.actor import Actor
from motcua.base.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from motcua.base.ids import new_id
from motcua.desks import queries
from motcua.desks.actions import tickets
from motcua.desks.models import Queue, Ticket
from motcua.people.models import Agency
from tests.node import DAY, Node, officer

ALL: frozenset[UUID] = frozenset()


@pytest.fixture
def queue(node: Node) -> Queue:
    return tickets.open_queue("Mọi thủ tục", by=node.reception)


def called(node: Node, by: Actor, seen: UUID | None = None, place: str = "Quầy 1") -> Ticket | None:
    return tickets.call_next(place, ALL, seen=seen, by=by, at=node.noon)


def colleague(node: Node) -> Actor:
    """Another officer at the same counter."""
    return Actor(node.clerk.ref, node.clerk.name, frozenset({"reception"}), node.clerk.agency)


def test_numbers_count_up_in_each_queue_and_begin_anew_each_day(node: Node, queue: Queue) -> None:
    other = tickets.open_queue("Đất đai", by=node.reception)
    given = [tickets.give_ticket(each.id, by=node.reception, at=node.noon) for each in (queue, queue, other)]
    assert [each.code for each in given] == ["A001", "A002", "B001"]
    tomorrow = tickets.give_ticket(queue.id, by=node.reception, at=node.noon + timedelta(days=1))
    assert tomorrow.code == "A001"


def test_who_waited_longest_is_called_and_the_one_before_is_done(node: Node, queue: Queue) -> None:
    first, second = (tickets.give_ticket(queue.id, by=node.reception, at=node.noon) for _ in range(2))
    one = called(node, node.reception)
    assert one is not None
    assert (one.code, one.state, one.counter) == (first.code, "called", "Quầy 1")
    two = called(node, node.reception, seen=one.id)
    assert two is not None
    assert two.id == second.id
    assert Ticket.objects.get(pk=first.pk).state == "served"
    assert called(node, node.reception, seen=two.id) is None
    assert Ticket.objects.get(pk=second.pk).state == "served"


def test_a_page_sent_twice_sends_nobody_away(node: Node, queue: Queue) -> None:
    for _ in range(2):
        tickets.give_ticket(queue.id, by=node.reception, at=node.noon)
    one = called(node, node.reception)
    with pytest.raises(Conflict, match="acted_first"):
        called(node, node.reception)
    assert one is not None
    assert [each.state for each in Ticket.objects.order_by("number")] == ["called", "waiting"]


def test_two_officers_who_call_at_once_call_two_people(committed_node: Node, noon: datetime) -> None:
    node = committed_node
    queue = tickets.open_queue("Mọi thủ tục", by=node.reception)
    for _ in range(4):
        tickets.give_ticket(queue.id, by=node.reception, at=noon)
    together, heard = Barrier(2), []

    def call(by: Actor) -> None:
        together.wait()
        found = called(node, by)
        heard.append(found.code if found else None)
        connection.close()

    threads = [Thread(target=call, args=(by,)) for by in (node.reception, colleague(node))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, heard)) == ["A001", "A002"]


def test_who_did_not_come_is_skipped_and_may_be_called_again(node: Node, queue: Queue) -> None:
    for _ in range(2):
        tickets.give_ticket(queue.id, by=node.reception, at=node.noon)
    one = called(node, node.reception)
    assert one is not None
    tickets.skip(one.id, by=node.reception, at=node.noon)
    assert [each.code for each in queries.skipped(node.agency.id, DAY)] == ["A001"]
    two = called(node, node.reception)
    assert two is not None
    with pytest.raises(Refused, match="ticket_open"):
        tickets.recall(one.id, "Quầy 1", by=node.reception, at=node.noon)
    tickets.done(two.id, by=node.reception, at=node.noon)
    again = tickets.recall(one.id, "Quầy 1", by=node.reception, at=node.noon + timedelta(minutes=5))
    assert (again.state, again.first_called_at) == ("called", node.noon)
    assert again.called_at == node.noon + timedelta(minutes=5)


def test_a_colleagues_number_is_not_ended_and_another_agencys_not_known(node: Node, queue: Queue) -> None:
    given = tickets.give_ticket(queue.id, by=node.reception, at=node.noon)
    called(node, node.reception)
    with pytest.raises(Forbidden, match="ticket_of_another"):
        tickets.done(given.id, by=colleague(node), at=node.noon)
    stranger = officer("tiepnhan.hoamai", Agency.objects.get(code="H99.102"))
    for act in (tickets.done, tickets.skip):
        with pytest.raises(NotFound, match="ticket_unknown"):
            act(given.id, by=stranger, at=node.noon)
    with pytest.raises(NotFound, match="queue_unknown"):
        tickets.give_ticket(queue.id, by=stranger, at=node.noon)
    with pytest.raises(NotFound, match="ticket_unknown"):
        tickets.done(given.id, by=node.reception, at=node.noon + timedelta(days=1))
    assert Ticket.objects.get().state == "called"


def test_only_chosen_queues_are_called(node: Node, queue: Queue) -> None:
    land = tickets.open_queue("Đất đai", by=node.reception)
    tickets.give_ticket(queue.id, by=node.reception, at=node.noon)
    tickets.give_ticket(land.id, by=node.reception, at=node.noon)
    found = tickets.call_next("Quầy 2", frozenset({land.id}), seen=None, by=node.reception, at=node.noon)
    assert found is not None
    assert found.code == "B001"


def test_a_closed_queue_gives_no_more_numbers(node: Node, queue: Queue) -> None:
    tickets.set_open(queue.id, False, by=node.reception)
    with pytest.raises(NotFound, match="queue_unknown"):
        tickets.give_ticket(queue.id, by=node.reception, at=node.noon)
    with pytest.raises(NotFound, match="queue_unknown"):
        tickets.set_open(new_id(), False, by=node.reception)
    assert not Ticket.objects.exists()


def test_a_counter_without_a_name_calls_nobody(node: Node, queue: Queue) -> None:
    tickets.give_ticket(queue.id, by=node.reception, at=node.noon)
    with pytest.raises(Invalid, match="counter_name_missing"):
        called(node, node.reception, place=" \x00")
    with pytest.raises(Forbidden, match="wrong_role"):
        called(node, node.clerk)
    assert Ticket.objects.get().state == "waiting"


def test_the_waiting_time_is_unknown_until_somebody_was_called(node: Node, queue: Queue) -> None:
    tickets.give_ticket(queue.id, by=node.reception, at=node.noon)
    assert queries.mean_wait(node.agency.id, DAY) is None
    tickets.call_next("Quầy 1", ALL, seen=None, by=node.reception, at=node.noon + timedelta(minutes=12))
    assert queries.mean_wait(node.agency.id, DAY) == timedelta(minutes=12)
