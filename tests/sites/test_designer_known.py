"""An administrator who names where the State has a paper is warned of a name that nothing bears, never stopped."""

from typing import Any

import pytest

from motcua.base.errors import Invalid
from motcua.catalogue.definition import parse
from motcua.sites.designer.known import must_be_known, unknown_places
from tests.node import Node
from tests.sites.desk import Clock, text_of
from tests.sites.test_designer import at, bench, definition_of, seen, signed_in


def test_places_are_looked_up_among_published_results_and_registers(node: Node) -> None:
    table = [
        ("", []),
        ("results", []),
        ("KQ.G15.000031", []),  # birth registration is published
        ("register:population", []),
        ("KQ.G15.000031 KQ.G15.00003 register:x", ["KQ.G15.00003", "register:x"]),
        ("giay-khai-sinh", ["giay-khai-sinh"]),  # stands in an edition, but as the name of a template
    ]
    assert [(typed, unknown_places(typed)) for typed, _ in table] == table


def test_a_strange_code_does_not_go_to_review_and_its_own_result_does(node: Node, clock: Clock) -> None:
    named = {"code": "giay", "name": "Giấy", "known_from": "dossier"}
    parts: Any = {"papers": [named], "results": [{"name": "Giấy", "code": "KQ.X"}]}
    with pytest.raises(Invalid, match="paper_place_unknown") as no:
        must_be_known(parse({"procedure": "1", "name": {"vi": "x"}, "in_force": {"from": "2026-01-01"}, **parts}))
    assert no.value.details == {"places": "dossier"}
    named["known_from"] = "KQ.X register:population"
    must_be_known(parse({"procedure": "1", "name": {"vi": "x"}, "in_force": {"from": "2026-01-01"}, **parts}))


def test_a_strange_code_is_saved_and_warned_of(node: Node, clock: Clock) -> None:
    edition, client = bench(), signed_in("quantri")
    typed = {"seen": seen(edition), "name": "Giấy khai sinh", "known_from": "KQ.G15.000031 KQ.X"}
    page = text_of(client.post(at(edition, "giay-to/them/"), typed, follow=True))
    assert definition_of(edition)["papers"][-1]["known_from"] == "KQ.G15.000031 KQ.X"
    assert "chưa có cơ sở dữ liệu mang tên: KQ.X." in page
