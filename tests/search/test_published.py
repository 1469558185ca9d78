"""The search among what is in force: it follows every publication, and survives a damaged index."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from motcua.base.actor import SYSTEM
from motcua.catalogue import actions
from motcua.catalogue.definition import parse
from motcua.catalogue.queries import catalogue_stamp, catalogue_version
from motcua.search.adapters.published import KEPT, PublishedSearch
from motcua.search.adapters.tantivy_index import TABLE
from tests.search.made_up import RAW

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 10)


@dataclass
class Desk:
    """Publishes and searches."""

    folder: Path
    noon: datetime

    def __post_init__(self) -> None:
        self.search = PublishedSearch(self.folder, settings.DATA / "synonyms.yaml")

    def publish(self, code: str, name: str, begins: str = "2026-01-01") -> None:
        raw = RAW | {"procedure": code, "name": {"vi": name}, "in_force": {"from": begins}}
        actions.publish(actions.draft(parse(raw), by=SYSTEM, at=self.noon), by=SYSTEM, at=self.noon)

    def codes(self, text: str, on: date = DAY) -> list[str]:
        return [hit.code for hit in self.search.find(text, on=on)]


@pytest.fixture
def desk(tmp_path: Path, noon: datetime) -> Desk:
    return Desk(tmp_path / "search", noon)


def test_what_is_published_is_found_at_once(desk: Desk) -> None:
    assert desk.codes("nuôi ong lấy mật") == []
    desk.publish("9.000001", "Đăng ký nuôi ong lấy mật")
    assert desk.codes("nuôi ong lấy mật") == ["9.000001"]
    desk.publish("9.000002", "Đăng ký thả diều")
    assert desk.codes("thả diều")[0] == "9.000002"


def test_an_edition_is_found_from_its_day_on(desk: Desk) -> None:
    desk.publish("9.000001", "Đăng ký nuôi ong lấy mật", begins="2026-11-11")
    assert desk.codes("nuôi ong") == []
    assert desk.codes("nuôi ong", on=DAY + timedelta(days=1)) == ["9.000001"]


def test_a_draft_is_not_found(desk: Desk) -> None:
    actions.draft(parse(RAW), by=SYSTEM, at=desk.noon)
    assert desk.codes("đăng ký thử nghiệm") == []


def test_an_unchanged_catalogue_costs_one_query(desk: Desk, django_assert_num_queries: object) -> None:
    desk.publish("9.000001", "Đăng ký nuôi ong lấy mật")
    desk.codes("nuôi ong")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert desk.codes("nuôi ong") == ["9.000001"]


def test_who_knows_the_state_of_the_catalogue_asks_nothing_more(
    desk: Desk, django_assert_num_queries: object
) -> None:
    desk.publish("9.000001", "Đăng ký nuôi ong lấy mật")
    stamp = catalogue_stamp()
    desk.search.find("nuôi ong", on=DAY, stamp=stamp)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert [hit.code for hit in desk.search.find("nuôi ong", on=DAY, stamp=stamp)] == ["9.000001"]


def test_a_publication_rolled_back_and_done_again_has_another_stamp(desk: Desk) -> None:
    seen = [catalogue_stamp()]
    for name in ("Đăng ký nuôi ong", "Đăng ký thả diều"):
        before = transaction.savepoint()
        desk.publish("9.000001", name)
        seen.append(catalogue_stamp())
        transaction.savepoint_rollback(before)
    assert len(set(seen)) == 3
    assert len({catalogue_version(), *(int(stamp.partition("-")[0]) for stamp in seen)}) == 2


def test_a_second_process_opens_what_the_first_has_built(desk: Desk) -> None:
    desk.publish("9.000001", "Đăng ký nuôi ong lấy mật")
    desk.codes("nuôi ong")
    built = [place.stat().st_mtime_ns for place in desk.folder.iterdir()]
    assert Desk(desk.folder, desk.noon).codes("nuôi ong") == ["9.000001"]
    assert [place.stat().st_mtime_ns for place in desk.folder.iterdir()] == built


def test_a_damaged_index_is_built_again(desk: Desk) -> None:
    desk.publish("9.000001", "Đăng ký nuôi ong lấy mật")
    desk.codes("nuôi ong")
    (place,) = desk.folder.iterdir()
    (place / TABLE).write_bytes(b"\x00")
    assert Desk(desk.folder, desk.noon).codes("nuôi ong") == ["9.000001"]


def test_old_indexes_are_cleared_away(desk: Desk) -> None:
    for number in range(KEPT + 2):
        desk.publish(f"9.00000{number}", f"Đăng ký nuôi ong số {number}")
        desk.codes("nuôi ong")
    assert len(list(desk.folder.iterdir())) == KEPT


@pytest.mark.django_db(transaction=True)
def test_a_large_catalogue_answers_from_before_while_its_index_is_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.publish("9.000001", "Đăng ký nuôi ong lấy mật")
    desk.codes("nuôi ong")
    monkeypatch.setattr("motcua.search.adapters.published.SMALL", 0)
    desk.publish("9.000002", "Đăng ký thả diều")
    assert set(desk.codes("nuôi ong")) >= {"9.000001"}
    desk.search._builder.join()
    assert desk.codes("thả diều")[0] == "9.000002"
