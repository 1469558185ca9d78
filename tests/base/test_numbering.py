"""Numbers: none twice, none lost, both families of codes."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from motcua.base.errors import Invalid
from motcua.base.numbering import centralised_code, day_key, dossier_code, next_number, parse_code

DAY = date(2026, 11, 22)


def test_both_families_of_codes() -> None:
    assert dossier_code("H99.101", DAY, 7) == "H99.101-261122-0007"
    assert dossier_code("000.00.00.H99", DAY, 12345) == "000.00.00.H99-261122-12345"
    assert centralised_code("G15.001.02", DAY, 4, 7) == "G15.001.02-261122-040007"


@pytest.mark.parametrize("code", ["H99.101-261122-0007", "000.00.00.H99-261122-0001", "g15.001.02-261122-040007"])
def test_a_code_is_taken_apart_and_put_together(code: str) -> None:
    agency, day, number = parse_code(code)
    assert f"{agency}-{day}-{number}" == code.upper()


@pytest.mark.parametrize(
    "code", ["", "H99", "H99-2611-0001", "H99-261122-1", "H99-261122-0001; DROP TABLE", "é" * 500]
)
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(Invalid, match="dossier_code_malformed"):
        parse_code(code)


@pytest.mark.django_db
def test_each_agency_and_day_counts_from_one() -> None:
    assert [next_number(day_key("H99.101", DAY)) for _ in range(3)] == [1, 2, 3]
    assert next_number(day_key("H99.102", DAY)) == 1
    assert next_number(day_key("H99.101", date(2026, 11, 23))) == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_writers_at_once_get_fifty_numbers_and_a_rollback_gives_its_number_back() -> None:
    numbers: list[int] = []
    together = threading.Barrier(50)

    def writer(number: int) -> None:
        together.wait(30)
        try:
            with transaction.atomic():
                got = next_number("test")
                if number % 10 == 0:
                    raise ValueError
                numbers.append(got)
        except ValueError:
            pass
        connection.close()

    threads = [threading.Thread(target=writer, args=[number]) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(1, 46))
