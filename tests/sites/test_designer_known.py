"""An administrator who names where the State has a paper is warned of a name that nothing bears, never stopped."""

from motcua.sites.designer.known import unknown_places
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


def test_a_strange_code_is_saved_and_warned_of(node: Node, clock: Clock) -> None:
    edition, client = bench(), signed_in("quantri")
    typed = {"seen": seen(edition), "name": "Giấy khai sinh", "known_from": "KQ.G15.000031 KQ.X"}
    page = text_of(client.post(at(edition, "giay-to/them/"), typed, follow=True))
    assert definition_of(edition)["papers"][-1]["known_from"] == "KQ.G15.000031 KQ.X"
    assert "chưa có cơ sở dữ liệu mang tên: KQ.X." in page
