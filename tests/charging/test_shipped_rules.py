"""What the words of a shipped fee say stands in a rule too: nobody is asked for what the law lets him off."""

import re
from datetime import date

import pytest

from motcua.catalogue.definition import Channel
from motcua.catalogue.rules.editions import default_form
from motcua.fees.definition import Fee
from motcua.fees.rules import quantity_of
from tests.test_shipped_data import FILES, definition

SUM = re.compile(r"\d{1,3}(?:\.\d{3})+(?= đồng|đ\b)")
DAY = re.compile(r"\d{1,2}/\d{1,2}/20\d\d")
offers = [(path.stem, offer) for path in FILES for some in definition(path).channels.values() for offer in some]


def words(offer: Channel) -> str:
    return " ".join([offer.note, *(fee.text for fee in offer.fees)])


def never_known(fee: Fee) -> bool:
    """What is unknown asks nobody for a wrong amount."""
    bare = fee.amount_vnd is None and not fee.decided_by
    return bare or (quantity_of(fee, {}) is None and not fee.quantity_from)


def unruled(offer: Channel) -> list[str]:
    """What the words of an offer say of exempt people and other amounts, and no rule does."""
    known = {fee.amount_vnd for fee in offer.fees} | {row.amount_vnd for fee in offer.fees for row in fee.table}
    sums = {int(found.replace(".", "")) for found in SUM.findall(words(offer))} - known
    free = any(fee.exempt or fee.amount_vnd == 0 or 0 in {row.amount_vnd for row in fee.table} for fee in offer.fees)
    told = [f"{vnd} đồng" for vnd in sorted(sums)] + (["miễn"] if "miễn" in words(offer).lower() and not free else [])
    dated = DAY.findall(" ".join(fee.text for fee in offer.fees)) if not any(dates(fee) for fee in offer.fees) else []
    return [] if offer.fees and all(never_known(fee) for fee in offer.fees) else told + dated


def dates(fee: Fee) -> set[date]:
    return {row.until for row in fee.table if row.until}


def test_the_words_of_every_shipped_fee_have_their_rule() -> None:
    assert {(code, *unruled(offer)) for code, offer in offers if unruled(offer)} == set()


@pytest.mark.parametrize(
    ("text", "note", "told"),
    [
        ("", "Miễn lệ phí cho hộ nghèo", ["miễn"]),
        ("Cấp lại do mất: 400.000 đồng", "", ["400000 đồng"]),
        ("Từ 01/7/2025 đến hết 31/12/2026", "", ["01/7/2025", "31/12/2026"]),
        ("Như mọi người: 200.000 đồng", "", []),
    ],
)
def test_words_without_a_rule_are_found(text: str, note: str, told: list[str]) -> None:
    assert unruled(Channel(fees=(Fee("Lệ phí", "charge", 200_000, text=text),), note=note)) == told


def test_what_ends_on_a_day_ends_on_it_everywhere() -> None:
    """64/2025/TT-BTC halves what it halves until the end of 2026."""
    ends = {path.stem for path in FILES for some in definition(path).channels.values() for offer in some
            for fee in offer.fees if dates(fee) == {date(2027, 1, 1)}}  # fmt: skip
    assert ends == {"1.004756", "1.014064", "2.001583"}


def test_a_request_form_that_asks_what_a_fee_depends_on_is_the_usual_one_and_that() -> None:
    """Its questions, in both languages, are those that the rules read."""
    for found in map(definition, FILES):
        usual = default_form(found)["properties"]
        if found.form and usual.keys() <= found.form["properties"].keys():
            more = {name: field for name, field in found.form["properties"].items() if name not in usual}
            assert found.form["x-sections"][-1]["fields"] == list(more)
            rules = repr([offer.fees for some in found.channels.values() for offer in some])
            assert [name for name, field in more.items() if name not in rules or not field["x-en"]] == []
