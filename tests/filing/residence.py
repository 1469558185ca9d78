"""A filing of permanent residence, which asks for the paper that a certificate of birth is."""

from dataclasses import replace
from typing import Any

from motcua.catalogue.queries import edition_for
from motcua.dossiers.rules import Attached, Filing
from motcua.results.models import Result
from tests.node import DAY, Node

RESIDENCE = "1.004222"
KINSHIP = "quan-he-nhan-than"  # the paper that a certificate of birth is
ANSWERS: dict[str, Any] = {
    "ho_ten": "Nguyễn Thị Lan", "ngay_sinh": "1996-03-12", "gioi_tinh": "nu", "so_dinh_danh": "001196000101",
    "dien_thoai": "0900000101", "noi_o_hien_tai": "Phường Hoa Sen", "dia_chi_moi": "Số 12 đường Hoa Sen",
    "truong_hop": "ve_voi_nguoi_than", "la_chu_ho": True, "co_nguoi_cung": False, "la_chua_thanh_nien": False,
    "thuoc_dien_mien": False, "cam_doan": True,
}  # fmt: skip


def residence(node: Node, *papers: Attached, **changes: Any) -> Filing:
    """Permanent residence with a relative, and these papers."""
    given = {"edition": edition_for(RESIDENCE, DAY).id, "answers": dict(ANSWERS), "papers": papers}
    return node.filing(**(given | changes))


def certificate(code: str = KINSHIP, **changes: Any) -> Attached:
    """The only result there is, as a paper taken from the vault."""
    result = Result.objects.get()
    return replace(Attached(code, str(result.file_id), "", result.stream), **changes)
