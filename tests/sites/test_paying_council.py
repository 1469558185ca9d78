"""Amounts that councils decided: written by the administrator alone, kept, and the latest counts from its day on."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from motcua.base.models import Fact
from motcua.payments.models import CouncilFee
from motcua.payments.queries import council_fees
from tests.charging.costly import CODE, COUNCIL, publish
from tests.node import BIRTH, Node
from tests.sites.desk import Clock, signed_in, text_of

PAGE = "/quan-tri/muc-thu/"
NAME = str(COUNCIL["name"])
GIVEN = {
    "agency": "H99.101", "procedure": CODE, "name": NAME, "amount_vnd": "8000", "valid_from": "01/11/2026",
    "valid_until": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _at_eleven(clock: Clock, node: Node, tmp_path: Path) -> None:
    """It is 11:00 of the day of the filings, and there is a procedure whose fees a council decides."""
    others = ({**COUNCIL, "name": f"Khoản {number}"} for number in range(3))
    publish(tmp_path, node.noon, COUNCIL, *others)


def post(login: str = "quantri", **changes: str) -> Any:
    return signed_in(login).post(PAGE, GIVEN | changes)


def test_the_administrator_writes_an_amount_and_sees_it(node: Node) -> None:
    assert post().headers["Location"] == PAGE
    assert council_fees(node.agency.id, CODE, date(2026, 11, 10)) == {NAME: 8000}
    assert "8.000 ₫" in text_of(signed_in("quantri").get(PAGE))
    assert Fact.objects.filter(name="payments.council_fee_set").count() == 1


def test_a_later_amount_takes_its_place_from_its_day_on_and_the_earlier_is_kept(node: Node) -> None:
    post()
    post(amount_vnd="12000", valid_from="01/12/2026")
    assert council_fees(node.agency.id, CODE, date(2026, 11, 30)) == {NAME: 8000}
    assert council_fees(node.agency.id, CODE, date(2026, 12, 1)) == {NAME: 12000}
    assert "không áp dụng hôm nay" in text_of(signed_in("quantri").get(PAGE))


WRONG = {
    "no such agency": ({"agency": "H99.999"}, 404),
    "no such procedure": ({"procedure": "9.999999"}, 422),
    "a procedure that leaves nothing to the council": ({"procedure": BIRTH}, 422),
    "a fee that the procedure does not have": ({"name": "Lệ phí"}, 422),
    "no fee": ({"name": ""}, 422),
    "no procedure": ({"procedure": ""}, 200),
    "below nothing": ({"amount_vnd": "-1"}, 422),
    "a fraction": ({"amount_vnd": "1.5"}, 422),
    "nothing said": ({"amount_vnd": ""}, 422),
    "a day that is none": ({"valid_from": "31/02/2026"}, 422),
    "backwards": ({"valid_until": "01/10/2026"}, 422),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_writes_nothing(node: Node, name: str) -> None:
    changes, status = WRONG[name]
    assert post(**changes).status_code == status
    assert not CouncilFee.objects.exists()


def test_the_same_day_is_written_once(node: Node) -> None:
    post()
    again = post(amount_vnd="9000")
    assert again.status_code == 409 and "đã được ghi" in text_of(again)
    assert CouncilFee.objects.get().amount_vnd == 8000


@pytest.mark.parametrize("login", ["chutich.hoasen", "tiepnhan.hoasen", "me.lan"])
def test_nobody_else_writes_an_amount(node: Node, login: str) -> None:
    assert post(login).status_code == 403
    assert not CouncilFee.objects.exists()


@pytest.mark.parametrize("many", [1, 3])
def test_the_table_costs_the_same_whatever_stands_in_it(
    node: Node, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        post(name=f"Khoản {number}")
    client = signed_in("quantri")
    with django_assert_num_queries(5):
        client.get(PAGE)


@pytest.mark.parametrize("written", ["8.000", "8000"])
def test_thousands_are_parted_by_a_dot_as_people_here_write(node: Node, written: str) -> None:
    post(amount_vnd=written)
    assert CouncilFee.objects.get().amount_vnd == 8000


def test_the_fees_of_the_procedure_are_there_to_choose_from(node: Node) -> None:
    client = signed_in("quantri")
    assert 'name="name"' not in text_of(client.get(PAGE))
    seen = text_of(client.get(f"{PAGE}?procedure={CODE}"))
    assert [name for name in (NAME, "Khoản 0", "Khoản 1", "Khoản 2") if f'value="{name}"' in seen] == [
        NAME, "Khoản 0", "Khoản 1", "Khoản 2",
    ]  # fmt: skip
    none = client.get(f"{PAGE}?procedure={BIRTH}")
    assert none.status_code == 422
    assert f"Không phiên bản nào của thủ tục {BIRTH} để Hội đồng nhân dân quyết định mức thu." in text_of(none)
