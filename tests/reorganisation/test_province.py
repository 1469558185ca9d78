"""A real province goes from the old communes to the new ones of July 2025, with officers and open dossiers, and back."""

from datetime import date, timedelta

import pytest

from motcua.base.actor import SYSTEM
from motcua.base.errors import Invalid
from motcua.base.ids import new_id
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Standing
from motcua.dossiers.rules import Owner
from motcua.filing.actions import submit
from motcua.people import actions as people
from motcua.people.models import Agency, Officer
from motcua.people.queries import resolve
from motcua.reorganisation import actions
from motcua.reorganisation.checks import check_agencies_live
from motcua.reorganisation.communes import Row, province_plan, rows_of
from motcua.reorganisation.plan import problems
from motcua.reorganisation.queries import known_codes
from motcua.sites.cli.check import all_checks
from tests.node import DAY, Node, officer
from tests.real_data import real_data

LAI_CHAU = "12"
DOSSIERS = 200


def table() -> list[Row]:
    return list(rows_of(real_data("admin_units") / "nso_conversion_new_old_2025-07.csv"))


def row(new: str, old: str, whole: bool = True) -> Row:
    return Row("99", new, f"Phường {new}", old, f"Phường {old}", whole)


def test_a_new_commune_goes_on_from_the_old_one_of_its_number() -> None:
    codes = {"00001": "H99.101", "00002": "H99.102", "00003": "H99.103", "00009": "H99.109"}
    rows = [row("00001", "00001"), row("00001", "00002"), row("00009", "00003"), row("00001", "00003", whole=False)]
    found = province_plan(rows, "99", codes, root="H99", on=DAY, decision="x")
    assert [(unit.code, unit.level) for unit in found.plan.units] == [("H99.101", ""), ("H99.109", "commune")]
    assert [(ending.agency, ending.into) for ending in found.plan.endings] == [
        ("H99.102", ("H99.101",)),
        ("H99.103", ("H99.109", "H99.101")),
    ]
    assert found.defects == ["Phường 00003 (00003): is split; say which officers and dossiers go where"]


def test_an_unknown_province_and_a_file_that_is_not_there_are_refused(tmp_path: object) -> None:
    with pytest.raises(Invalid, match="province_unknown"):
        province_plan([row("00001", "00001")], "98", {}, root="H98", on=DAY, decision="x")
    with pytest.raises(Invalid, match="file_missing"):
        list(rows_of(tmp_path / "no.csv"))  # type: ignore[operator]


def test_the_whole_table_is_read_and_what_it_leaves_open_is_told() -> None:
    rows = table()
    assert len({each.province for each in rows}) == 34
    assert len({each.new for each in rows}) == 3321
    codes = {number: f"H99.{index // 900:02}.{index % 900:03}" for index, number in enumerate(
        sorted({each.new for each in rows} | {each.old for each in rows if each.old}))}  # fmt: skip
    defects = [
        defect
        for province in sorted({each.province for each in rows})
        for defect in province_plan(rows, province, codes, root="H99", on=DAY, decision="x").defects
    ]
    assert len([defect for defect in defects if "has no number" in defect]) == 6
    assert len([defect for defect in defects if "is split" in defect]) == 441


def test_lai_chau_goes_over_and_comes_back(node: Node) -> None:
    rows = [each for each in table() if each.province == LAI_CHAU]
    olds = {each.old: each.old_name for each in rows}
    codes = {number: f"H12.{index:03}" for index, number in enumerate(sorted(olds), 1)}
    codes |= {each.new: f"H12.{index:03}" for index, each in enumerate(rows, 500) if each.new not in codes}
    root = people.create_agency(
        people.NewAgency("H12", "UBND tỉnh Lai Châu", "province", date(2020, 1, 1)), by=SYSTEM, at=node.noon
    )
    clerk = Officer.objects.get(account__login="hotich.hoasen")
    communes = []
    for number, name in olds.items():
        new = people.NewAgency(codes[number], f"UBND {name}", "commune", date(2020, 1, 1), parent=root)
        commune = people.create_agency(new, by=SYSTEM, at=node.noon)
        people.appoint(clerk, commune, "clerk", since=date(2026, 1, 1), by=SYSTEM, at=node.noon)
        people.appoint(clerk, commune, "reception", since=date(2026, 1, 1), by=SYSTEM, at=node.noon)
        communes.append(commune)
    for number in range(DOSSIERS):
        filing = node.filing(id=new_id(), agency=communes[number % len(communes)].id, owner=Owner(f"Lò Văn {number}"))
        submit(filing, by=node.mother, at=node.noon)
        if number % 2:
            dossiers.receive(filing.id, by=officer("hotich.hoasen", communes[number % len(communes)]), at=node.noon)
    before = dict(Standing.objects.values_list("dossier_id", "agency__code"))
    dates = dict(Standing.objects.values_list("dossier_id", "due_at"))

    found = province_plan(rows, LAI_CHAU, codes, root="H12", on=DAY, decision="1670/NQ-UBTVQH15")
    assert problems(found.plan, known_codes(DAY)) == []
    done = actions.carry_out(actions.order(found.plan, by=SYSTEM, at=node.noon), by=SYSTEM, at=node.noon)

    living = set(Agency.objects.valid(DAY).filter(parent=root).values_list("code", flat=True))
    assert living == {codes[each.new] for each in rows}
    first = {each.old: next(r for r in sorted((r for r in rows if r.old == each.old), key=lambda r: not r.whole))
             for each in rows if each.old}  # fmt: skip
    for number, goes in first.items():
        stays = number in {each.new for each in rows}
        assert resolve(codes[number], on=DAY).code == codes[number if stays else goes.new]
    assert set(Standing.objects.values_list("agency__code", flat=True)) <= living
    assert dict(Standing.objects.values_list("dossier_id", "due_at")) == dates
    assert list(check_agencies_live()) == []
    assert {
        name: bad for name, check in all_checks().items() if "counts" not in name and (bad := list(check()))
    } == {}

    assert actions.undo(done, "Thử xong", by=SYSTEM, at=node.noon + timedelta(hours=1)) == []
    assert dict(Standing.objects.values_list("dossier_id", "agency__code")) == before
    assert dict(Standing.objects.values_list("dossier_id", "due_at")) == dates
    assert Agency.objects.valid(DAY).filter(parent=root).count() == len(olds)
