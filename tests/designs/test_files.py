"""An edition leaves as one file and comes back equal; a hostile file comes to nothing."""

from typing import Any

import msgspec
import pytest
import yaml
from django.conf import settings
from hypothesis import example, given
from hypothesis import strategies as st

from motcua.base.errors import Invalid
from motcua.catalogue.definition import Definition, Text, parse
from motcua.catalogue.ports import Record
from motcua.designs import files, starts
from motcua.sources.adapters.disk import Disk
from tests.catalogue.samples import definition

SHIPPED = sorted((settings.DATA / "procedures").glob("*.yaml"))
START = parse({"procedure": "9.1", "name": {"vi": "A"}, "in_force": {"from": "2026-01-01"}}).in_force.from_


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_procedure_comes_back_equal(path: Any, tmp_path: Any) -> None:
    (record,) = Disk().read(path, START)
    assert isinstance(record, Record)
    text = files.written(record.definition)
    assert files.read(text.encode()) == record.definition
    (tmp_path / "out.yaml").write_text(text)
    (again,) = Disk().read(tmp_path / "out.yaml", START)
    assert isinstance(again, Record) and again.definition == record.definition


TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=60)


@example(name="\x85", sequence="\u2028a\n b ", law=["\r"], extra={})
@given(
    name=TEXT,
    sequence=TEXT,
    law=st.lists(TEXT, max_size=3),
    extra=st.dictionaries(TEXT, TEXT | st.integers(), max_size=3),
)
def test_any_words_come_back_equal(name: str, sequence: str, law: list[str], extra: dict[str, Any]) -> None:
    made = msgspec.structs.replace(definition(), name=Text(name), sequence=sequence, law=tuple(law), extra=extra)
    assert files.read(files.written(made).encode()) == made


def test_a_new_procedure_from_nothing_is_a_file_of_one_screen() -> None:
    made = starts.minimal("9.000001", Text("Cấp thẻ", "Card"), START)
    text = files.written(made)
    assert text.startswith(
        "procedure: '9.000001'\nname:\n  vi: Cấp thẻ\n  en: Card\nin_force:\n  from: '2026-01-01'\n"
    )
    assert len(text.splitlines()) < 70


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "edition_file_empty"),
        (b"x" * 2_000_001, "edition_file_big"),
        (b"a: [1", "edition_file_unreadable"),
        (b"\xff\xfe\x00", "edition_file_unreadable"),
        (b"a: &a [x]\nb: [*a, *a]", "edition_file_unreadable"),
        (b"!!python/object/apply:os.system ['true']", "edition_file_unreadable"),
        (b"[" * 20_000, "edition_file_unreadable"),
        (b"- 1", "definition_malformed"),
        (b"procedure: 9.1", "definition_malformed"),
        (b"procedure: 9.1\nname: {vi: A}\nin_force: {from: 2026-02-30}", "edition_file_unreadable"),
        (b"procedure: 9.1\nname: {vi: A}\nin_force: {from: '2026-02-30'}", "definition_malformed"),
        (b"procedure: 9.1\nname: {vi: A}\nin_force: {from: 2026-02-03}\nla: 1", "definition_malformed"),
    ],
)
def test_a_file_that_is_none_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        files.read(content)
    assert refusal.value.code == code


def test_the_file_is_plain_yaml() -> None:
    made = definition()
    assert yaml.safe_load(files.written(made))["procedure"] == made.procedure
    assert isinstance(made, Definition)
