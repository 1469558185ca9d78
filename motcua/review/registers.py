"""Registers in which the State keeps what a paper would prove, with the law that says so. Evidence of its own kind.

Only what a law names; a register that an office can't ask yet still stands here, and the note tells when it counts.
"""

import re
from dataclasses import dataclass

from motcua.review.names import Document


@dataclass(frozen=True, slots=True)
class Register:
    """A register: its names, the law, what must be known about it, and which documents it makes needless."""

    code: str
    name: str
    name_en: str
    law: str
    note: str
    papers: re.Pattern[str]


REGISTERS = (
    Register(
        "population", "Cơ sở dữ liệu quốc gia về dân cư", "National population database",
        "Luật Căn cước số 26/2023/QH15",
        "Giấy tờ tùy thân của công dân Việt Nam; người nước ngoài vẫn xuất trình hộ chiếu.",
        re.compile(r"(?:the )?can cuoc\b|cccd\b|cmnd\b|(?:giay )?chung minh (?:nhan dan|thu nhan dan)"
                   r"|so dinh danh ca nhan|giay chung nhan can cuoc"),
    ),
    Register(
        "residence", "Cơ sở dữ liệu về cư trú", "Residence database",
        "Luật Cư trú số 68/2020/QH14, Điều 38; Nghị định số 104/2022/NĐ-CP, Điều 14",
        "Sổ hộ khẩu, sổ tạm trú giấy hết giá trị từ ngày 01/01/2023.",
        re.compile(r"so (?:ho khau|tam tru)|giay xac nhan (?:thong tin ve )?(?:noi )?cu tru"),
    ),
    Register(
        "civil_status", "Cơ sở dữ liệu hộ tịch điện tử", "Civil status database",
        "Luật Hộ tịch số 60/2014/QH13; Nghị định số 87/2020/NĐ-CP",
        "Chỉ khi dữ liệu của sổ cũ đã được số hóa.",
        re.compile(r"giay khai sinh|giay chung nhan (?:dang ky )?ket hon|giay xac nhan tinh trang hon nhan|giay chung tu"
                   r"|trich luc (?:khai sinh|ket hon|khai tu|ho tich|ghi chu)"),
    ),
    Register(
        "enterprise", "Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp", "National enterprise registration database",
        "Luật Doanh nghiệp số 59/2020/QH14; Nghị định số 168/2025/NĐ-CP",
        "Doanh nghiệp, hộ kinh doanh trong nước; hợp tác xã có cơ sở dữ liệu riêng.",
        re.compile(r"giay chung nhan dang ky (?:doanh nghiep|kinh doanh|ho kinh doanh)"),
    ),
    Register(
        "insurance", "Cơ sở dữ liệu quốc gia về bảo hiểm", "National insurance database",
        "Nghị định số 43/2021/NĐ-CP", "",
        re.compile(r"so (?:bao hiem xa hoi|bhxh)|the (?:bao hiem y te|bhyt)"),
    ),
    Register(
        "land", "Cơ sở dữ liệu quốc gia về đất đai", "National land database",
        "Luật Đất đai số 31/2024/QH15; Nghị định số 101/2024/NĐ-CP",
        "Chỉ ở nơi cơ sở dữ liệu đã vận hành.",
        re.compile(r"giay chung nhan quyen (?:su dung dat|so huu nha o)"),
    ),
)  # fmt: skip


def register_of(document: Document) -> Register | None:
    """The register that holds what this document proves, if a law names one."""
    said = " ".join(document.words)
    return next((register for register in REGISTERS if register.papers.match(said)), None)
