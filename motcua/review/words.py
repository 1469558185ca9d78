"""What the figures of the report are called and what they mean, in both languages."""

from collections.abc import Mapping
from typing import NamedTuple

from motcua.review.matching import CODE, CONTAINED, EXACT, OVERLAP, QUALITIES, THRESHOLD
from motcua.review.registers import REGISTERS

BY_PROCEDURES, BY_VOLUME = "theo số thủ tục", "theo số hồ sơ một năm"


class Figure(NamedTuple):
    """A figure: its name and its definition, Vietnamese and English."""

    name: str
    name_en: str
    meaning: str
    meaning_en: str


FIGURES = {
    "procedures": Figure("Thủ tục đã đọc", "Procedures read", "Phiên bản đang có hiệu lực.", "Editions in force."),
    "papers": Figure("Dòng thành phần hồ sơ", "Lines of dossiers", "Mọi dòng như nguồn ghi, kể cả lời dặn.",
                     "Every line as the source has it, instructions among them."),
    "by_result": Figure(
        "Dòng không cần hỏi vì là kết quả của thủ tục", "Lines needless by a result",
        "Cả dòng là kết quả của ít nhất một thủ tục trong danh mục; dòng cho chọn thì một giấy là đủ.",
        "The whole line is the result of at least one procedure; where one of several will do, one is enough."),
    "by_result_own": Figure("trong đó do chính thủ tục ấy cấp", "of these, only by the same procedure",
                            "Giấy cũ của chính thủ tục này; bản gốc có thể phải thu hồi.",
                            "Its own earlier result; the original may have to be handed back."),
    "by_result_part": Figure("Dòng chỉ bớt được một phần", "Lines needless in part",
                             "Dòng còn đòi giấy khác không phải kết quả của thủ tục nào.",
                             "The line also asks for what is no procedure's result."),
    "by_register": Figure("Dòng không cần hỏi vì đã có trong cơ sở dữ liệu", "Lines needless by a register",
                          "Bằng chứng loại khác, tính riêng, theo luật nêu ở từng cơ sở dữ liệu.",
                          "Evidence of another kind, counted apart, by the law named at each register."),
    "by_both": Figure("Dòng có cả hai bằng chứng", "Lines with both kinds of evidence", "Nằm trong cả hai số trên.",
                      "Contained in both figures above."),
    "waived": Figure("Dòng tự ghi là miễn khi tra cứu được", "Lines that waive themselves",
                     "Trong các dòng có bằng chứng: chính câu chữ đã nói không phải nộp khi có dữ liệu.",
                     "Among lines with evidence: the wording already lets it fall away where data are there."),
    "recorded": Figure("Dòng không cần hỏi đã được ghi nhận", "Needless lines already recorded",
                       "Phiên bản đang có hiệu lực đã ghi Nhà nước có ở đâu: khi nộp hồ sơ, giấy được lấy từ đó.",
                       "The edition in force says where the State has it: at filing it is taken from there."),
    "procedures_by_result": Figure("Thủ tục bớt được giấy nhờ kết quả", "Procedures with such lines",
                                   "Có ít nhất một dòng không cần hỏi vì là kết quả.", "At least one line by a result."),
    "procedures_by_register": Figure("Thủ tục bớt được giấy nhờ cơ sở dữ liệu", "Procedures with lines in a register",
                                     "Có ít nhất một dòng đã có trong cơ sở dữ liệu.",
                                     "At least one line in a register."),
    "procedures_any": Figure("Thủ tục bớt được giấy nhờ một trong hai", "Procedures with either",
                             "Có ít nhất một dòng không cần hỏi, vì là kết quả hoặc vì đã có trong cơ sở dữ liệu.",
                             "At least one line, by a result or by a register."),
    "edges": Figure("Cặp thủ tục cấp – thủ tục đòi", "Pairs of giver and asker",
                    "Kết quả của thủ tục này là giấy tờ của thủ tục kia.", "One's result is the other's paper."),
    CODE: Figure("Khớp theo mã", "Matched by code", QUALITIES[CODE], "the same code of a result"),
    EXACT: Figure("Khớp trùng tên", "Matched by the same name",
                  "Tên không dấu trùng nhau sau khi bỏ “bản sao”, “theo mẫu”…",
                  "Folded names agree, without words of shape and form."),
    CONTAINED: Figure("Khớp một phần tên", "Matched by the beginning", QUALITIES[CONTAINED],
                      "the result's name begins the paper's"),
    OVERLAP: Figure("Khớp phần lớn các từ", "Matched by most words",
                    f"Số từ chung chia cho tổng số từ khác nhau của hai tên ít nhất {THRESHOLD:.0%}, cùng loại giấy.",
                    f"Words in common ÷ all words at least {THRESHOLD:.0%}, the same kind of document."),
}  # fmt: skip
REGISTER_NAMES = {register.code: register for register in REGISTERS}


def quality(qualities: dict[str, int]) -> str:
    """How a paper was matched, for people: "trùng tên 12, …", the surest first."""
    return ", ".join(f"{QUALITIES[one]} {qualities[one]}" for one in QUALITIES if qualities.get(one))


def in_short(counts: Mapping[str, int]) -> list[str]:
    """What it comes to, in three lines for who reads no further."""
    lines = counts["by_result"] + counts["by_register"] - counts["by_both"]
    share = f"{lines / counts['papers']:.1%}".replace(".", ",") if counts["papers"] else "0 %"
    return [
        f"Đã đọc {_said(counts['procedures'])} thủ tục với {_said(counts['papers'])} dòng thành phần hồ sơ.",
        f"{_said(lines)} dòng ({share}) ở {_said(counts['procedures_any'])} thủ tục không cần hỏi người dân nữa: "
        f"{_said(counts['by_result'])} dòng là kết quả của một thủ tục, "
        f"{_said(counts['by_register'])} dòng đã có trong cơ sở dữ liệu, {_said(counts['by_both'])} dòng có cả hai.",
        f"Độ chắc của {_said(counts['by_result'])} dòng: "
        + ", ".join(f"{QUALITIES[one]} {_said(counts[one])}" for one in QUALITIES) + ".",
    ]  # fmt: skip


def _said(number: int) -> str:
    """A number as people here write it: 2.487."""
    return f"{number:,}".replace(",", ".")
