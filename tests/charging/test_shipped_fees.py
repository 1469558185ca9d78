"""What the shipped procedures ask for, by what was answered."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings

from motcua.base.wires import provider
from motcua.catalogue.definition import Definition
from motcua.catalogue.ports import ProcedureFiles
from motcua.catalogue.rules import form_of
from motcua.fees.rules import quote
from motcua.payments.models import CouncilFee
from motcua.payments.queries import council_fees
from motcua.sites.cli.demo_data import load_council_fees, load_shipped_procedures
from tests.node import Node, shipped

DAY = date(2026, 11, 10)


def definition(code: str) -> Definition:
    disk = provider(ProcedureFiles)  # type: ignore[type-abstract]
    (record,) = disk.read(settings.DATA / "procedures" / f"{code}.yaml", DAY)
    return record.definition  # type: ignore[union-attr,no-any-return]


@pytest.mark.parametrize(
    ("code", "channel", "answers", "total"),
    [
        ("2.000635", "online", {"so_ban_sao": 3}, 24_000),
        ("1.000894", "online", {"xin_ban_sao": False}, 0),
        ("1.000894", "online", {"xin_ban_sao": True, "so_ban_sao": 2}, 16_000),
        ("1.004222", "online", {"thuoc_dien_mien": False}, 10_000),
        ("1.004222", "direct", {"thuoc_dien_mien": False}, 20_000),
        ("1.004222", "direct", {"thuoc_dien_mien": True}, 0),
        ("3.000333", "online", {}, 200_000),
        ("3.000333", "online", {"dien_mien_giam": "sinh_vien"}, 100_000),
        ("3.000333", "postal", {"dien_mien_giam": "nguoi_cao_tuoi"}, 0),
        ("3.000347", "online", {}, 135_000),
        ("1.001193", "online", {}, 0),
        ("1.001456", "online", {"ly_do_cap": "lan_dau"}, 200_000),
        ("1.001456", "direct", {"ly_do_cap": "hong_mat"}, 400_000),
        ("1.004194", "direct", {"theo_danh_sach": False}, 15_000),
        ("1.004194", "direct", {"theo_danh_sach": True, "so_nguoi": 3}, 30_000),
        ("1.004194", "online", {"theo_danh_sach": True, "so_nguoi": 3}, 15_000),
        ("1.004194", "direct", {"theo_danh_sach": True}, None),
        ("1.004194", "online", {"theo_danh_sach": False, "thuoc_dien_mien": True}, 0),
        ("1.004756", "online", {}, 25_000),
        ("1.014064", "online", {}, 35_000),
        ("1.005136", "postal", {"dien_mien": "khong"}, 100_000),
        ("1.005136", "postal", {"dien_mien": "di_cu_lao"}, 0),
        ("2.001035", "online", {"vay_nong_nghiep": False}, 50_000),
        ("2.001035", "direct", {"vay_nong_nghiep": True}, 0),
        ("2.001263", "direct", {"dien_mien": "khong"}, 400_000),
        ("2.001263", "online", {"dien_mien": "ruot_thit"}, 0),
        ("1.008603", "direct", {"luong_nuoc_thai": "duoi_5"}, 2_500_000),
        ("1.008603", "direct", {"luong_nuoc_thai": "tu_10"}, 4_000_000),
        ("1.008603", "direct", {"luong_nuoc_thai": "tu_20"}, None),
        ("2.001583", "direct", {}, 125_000),
        ("1.004884", "online", {"xin_ban_sao": True, "so_ban_sao": 1}, None),
        ("9.000297", "online", {}, None),
    ],
)
def test_the_amount_by_what_was_answered(code: str, channel: str, answers: dict[str, Any], total: int | None) -> None:
    found = definition(code)
    (offer,) = found.channels[channel]
    assert quote(offer.fees, {}, form_of(found), answers, on=DAY).total_vnd == total


@pytest.mark.parametrize(
    ("code", "answers", "total"),
    [
        ("1.000656", {"dung_han": False, "dien_mien": "khong"}, 8_000),
        ("1.000656", {"dung_han": True, "dien_mien": "khong"}, 0),
        ("1.000656", {"dung_han": False, "dien_mien": "ho_ngheo"}, 0),
        ("1.001022", {"dien_mien": "co_cong"}, 0),
        ("1.004859", {"dien_mien": "khuyet_tat"}, 0),
        ("1.004873", {"dien_mien": "khong"}, 8_000),
        ("1.004884", {"dien_mien": "ho_ngheo", "xin_ban_sao": False}, 0),
    ],
)
def test_what_a_council_decided_is_not_asked_of_who_is_exempt(code: str, answers: dict[str, Any], total: int) -> None:
    found = definition(code)
    (offer,) = found.channels["online"]
    council = {fee.name: 8_000 for fee in offer.fees}
    assert quote(offer.fees, council, form_of(found), answers, on=DAY).total_vnd == total


def test_the_waste_water_fee_may_be_paid_after_its_notice_was_handed_over() -> None:
    found = definition("1.008603")
    (offer,) = found.channels["direct"]
    assert quote(offer.fees, {}, form_of(found), {"luong_nuoc_thai": "tu_5"}, on=DAY).due == "later"


def test_an_enterprise_pays_before_it_is_registered() -> None:
    (offer,) = definition("2.001583").channels["online"]
    assert quote(offer.fees, {}, {"properties": {}}, {}, on=DAY).due == "reception"


def test_the_demo_council_decides_once_what_the_editions_leave_to_it(node: Node) -> None:
    load_shipped_procedures(node.noon)
    for _ in range(2):
        load_council_fees(node.noon)
    rows = shipped("council_fees.yaml")["fees"]
    assert CouncilFee.objects.count() == len(rows)
    for row in rows:
        asked = [
            fee for offers in definition(row["procedure"]).channels.values() for one in offers for fee in one.fees
        ]
        assert (row["name"], "provincial_council") in {(fee.name, fee.decided_by) for fee in asked}
        found = council_fees(node.agency.id, row["procedure"], date(2026, 11, 10))
        assert found[row["name"]] == row["amount_vnd"]
