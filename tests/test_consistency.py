"""What must agree with what: states, facts, settings, adapters, parts, refusals, pages."""

import ast
import re
from pathlib import Path

from motcua import wiring
from motcua.base.ledger import fact_name
from motcua.catalogue.definition import RESULT_TEMPLATES
from motcua.charging import actions as charging
from motcua.corrections import actions as corrections
from motcua.dossiers import actions
from motcua.dossiers.states import LABELS, MACHINE, NATIONAL, State
from motcua.opinions import actions as opinions
from motcua.supervision import actions as supervision

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "motcua"


def facts_of_the_house() -> set[str]:
    """Every event class of every part, by the name it has in the ledger."""
    found = set()
    for path in HOUSE.glob("*/events.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef):
                made = type(node.name, (), {"__module__": f"motcua.{path.parent.name}.events"})
                found.add(fact_name(made))
    return found


def test_every_state_has_its_words_and_its_national_number() -> None:
    assert set(LABELS) == set(NATIONAL) == set(State)
    assert set(NATIONAL.values()) == set(range(1, 11))


def test_every_row_of_the_machine_is_a_verb_of_the_actions() -> None:
    elsewhere = {*charging.__all__, *corrections.__all__, *opinions.__all__, *supervision.__all__}
    assert {row.verb for row in MACHINE} <= {*actions.__all__, *elsewhere}


def test_every_fact_is_subscribed_to_or_listed_as_record_only() -> None:
    read = set().union(*(subscriber.facts for subscriber in wiring.SUBSCRIBERS))
    assert facts_of_the_house() == read | wiring.RECORD_ONLY
    assert not read & wiring.RECORD_ONLY


def test_every_setting_that_is_read_is_documented() -> None:
    read = set(re.findall(r"\b(?:text|flag|number)\(\"([A-Z_]+)\"", (HOUSE / "settings.py").read_text()))
    documented = set(re.findall(r"`((?:MOTCUA_|DATABASE_)[A-Z_]+)`", (ROOT / "docs/settings.md").read_text()))
    assert read == documented


def test_every_part_stands_on_the_map() -> None:
    parts = {path.name for path in HOUSE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    on_map = (ROOT / "docs/map.md").read_text()
    assert {part for part in parts if f"`{part}/`" not in on_map} == set()


def test_every_template_is_used() -> None:
    sources = "\n".join(path.read_text() for path in [*HOUSE.rglob("*.py"), *HOUSE.rglob("*.html")])
    unused = []
    for path in HOUSE.rglob("*.html"):
        inside = path.as_posix().partition("/templates/")[2]
        component = inside.removeprefix("cotton/").removesuffix(".html").replace("/", ".").replace("_", "-")
        folder = inside.rpartition("/")[0]
        made_up = f'"{folder}/"|add:' in sources  # a name put together: a folder of kinds
        used = f'"{inside}"' in sources or (
            inside.startswith("cotton/") and re.search(rf"<c-{re.escape(component)}[\s/>]", sources)
        )
        if not used and not made_up and path.stem not in {"400", "403", "404", "500", "403_csrf"}:
            unused.append(inside)
    assert unused == []


def test_every_adapter_is_wired() -> None:
    text = (HOUSE / "wiring.py").read_text() + (HOUSE / "offline.py").read_text()
    adapters = {path for path in HOUSE.glob("*/adapters/*.py") if path.name != "__init__.py"}
    helpers = {path for path in adapters if path.stem.startswith("_")}
    siblings = "\n".join(path.read_text() for path in adapters)
    missing = [
        path.stem
        for path in sorted(adapters - helpers)
        if f"adapters.{path.stem}" not in text
        and f"adapters.{path.stem}" not in siblings
        and f"import {path.stem}" not in text
    ]
    assert missing == []


def test_every_look_a_result_may_have_has_its_sheet() -> None:
    sheets = {path.stem for path in (HOUSE / "base/typesetting").glob("*.typ")}
    assert set(RESULT_TEMPLATES) <= sheets
