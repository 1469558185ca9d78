"""What a load of procedures has to tell: what came in, what did not, and what could not be read, by kind."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from motcua.catalogue.ports import Defect, Rejected

EXAMPLES = 3
DEFECTS = {
    "attribute_misspelt": "tên thuộc tính viết sai, vẫn đọc",
    "button_left_out": "nút bấm, không phải mục khai",
    "cells_run_together": "ô thời hạn và ô phí dính liền, không tách được",
    "channel_unknown": "hình thức nộp lạ",
    "channels_unreadable": "bảng hình thức nộp không đọc được",
    "check_unknown": "cách kiểm tra lạ, nhận như chữ",
    "code_differs": "mã trong tệp khác tên tệp",
    "date_without_check": "mục ngày không kiểm tra ngày, nhận cả năm hoặc tháng/năm",
    "decision_missing": "quy trình không có bước duyệt",
    "default_kept_aside": "giá trị điền sẵn, giữ riêng",
    "document_mark_differs": "dấu tài liệu kèm theo trái với tiêu đề của nhóm",
    "fee_and_steps_differ": "mức phí và bước thu phí trái nhau",
    "fee_by_council": "mức thu do Hội đồng nhân dân cấp tỉnh quyết định",
    "fee_foreign_currency": "mức thu bằng ngoại tệ",
    "fee_in_words": "mức thu viết bằng lời",
    "fee_lost_thousands": "mức thu bị mất hàng nghìn",
    "fee_missing": "không có thông tin về phí, lệ phí",
    "fee_note_cut": "ghi chú phí bị cắt cụt",
    "fee_note_differs": "mức thu khác với ghi chú của chính nó",
    "fee_with_separators": "mức phí viết có dấu phân cách",
    "fee_without_amount": "phí không có số tiền",
    "field_missing": "thiếu trường thông tin",
    "field_switched_off": "mục khai bị tắt ở nguồn, giữ riêng",
    "field_twice": "một mã dùng cho hai mục",
    "form_file_run_together": "tên mẫu đơn dính vào tên giấy tờ",
    "form_missing": "không có tờ khai",
    "free_but_note_differs": "ghi miễn phí nhưng ghi chú nói có thu",
    "index_row_only": "chỉ có dòng mục lục",
    "kind_unknown": "loại mục khai lạ, nhận như chữ",
    "label_missing": "mục khai không có tên",
    "legal_code_dirty": "mã văn bản không chuẩn",
    "legal_code_run_together": "mã văn bản dính vào tên",
    "level_unknown": "cấp thực hiện lạ",
    "limit_in_words": "thời hạn viết bằng lời",
    "limit_missing": "không có thông tin về thời hạn",
    "limit_none": "nguồn ghi không giới hạn thời gian",
    "limit_not_usable": "thời hạn không dùng được",
    "limit_without_unit": "thời hạn không có đơn vị",
    "name_differs": "tên trong quy trình khác tên trong danh mục",
    "next_task_unknown": "việc tiếp theo không có, chuyển đến bước đứng sau",
    "not_a_text": "giá trị không phải văn bản",
    "not_in_list": "không có trong danh mục loại hồ sơ",
    "not_nfc": "văn bản không ở dạng Unicode NFC",
    "options_missing": "danh sách lựa chọn không đi kèm, trả lời bằng chữ",
    "page_footer_cut": "phần chân trang lẫn vào kết quả, đã cắt",
    "paper_count_run_together": "số lượng dính vào tên giấy tờ",
    "paper_count_unreadable": "số lượng giấy tờ không đọc được",
    "paper_need_unknown": "không rõ giấy tờ có bắt buộc không",
    "papers_unreadable": "bảng thành phần hồ sơ không đọc được",
    "pause_kept_aside": "việc tạm dừng hoặc chạy lại thời hạn, giữ riêng",
    "process_missing": "không có quy trình",
    "result_without_code": "kết quả không có mã đọc được",
    "same_name_two_codes": "một tên dùng cho hai mã thủ tục",
    "step_never_reached": "bước không có đường đến",
    "step_time_unreadable": "thời gian của bước không đọc được",
    "step_without_limit": "bước không giới hạn thời gian",
    "step_without_way_on": "bước không có việc dẫn tiếp",
    "steps_do_not_add_up": "thời gian các bước cộng lại khác thời hạn",
    "subject_unknown": "đối tượng thực hiện lạ",
    "tasks_longer_than_step": "thời gian các việc dài hơn bước chứa chúng",
    "text_before_papers": "đoạn văn lẫn trước bảng thành phần hồ sơ",
    "text_cut": "văn bản bị cắt ở nguồn",
    "unit_unknown": "đơn vị không có trong danh mục",
    "zero_width": "văn bản có ký tự vô hình",
}


@dataclass
class Report:
    """Counts, codes and reasons. ``kept``: a fuller edition is there already and stays. Reports of files add up."""

    read: int = 0
    new: list[str] = field(default_factory=list)
    changed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    refused: list[Rejected] = field(default_factory=list)
    occurrences: dict[str, int] = field(default_factory=dict)
    defective: dict[str, set[str]] = field(default_factory=dict)

    def note(self, code: str, defects: Iterable[Defect]) -> None:
        """Count the defects of one procedure."""
        for defect in defects:
            self.occurrences[defect.kind] = self.occurrences.get(defect.kind, 0) + 1
            self.defective.setdefault(defect.kind, set()).add(code)

    def add(self, other: "Report") -> None:
        """Take in the report of another file."""
        self.read += other.read
        for name in ("new", "unchanged", "kept", "refused"):
            getattr(self, name).extend(getattr(other, name))
        self.changed.update(other.changed)
        for kind, count in other.occurrences.items():
            self.occurrences[kind] = self.occurrences.get(kind, 0) + count
            self.defective.setdefault(kind, set()).update(other.defective[kind])

    @property
    def codes(self) -> list[str]:
        """The codes that stand in the catalogue after the load, in order."""
        return sorted({*self.new, *self.changed, *self.unchanged, *self.kept})

    def plain(self) -> dict[str, Any]:
        """The report as one JSON object."""
        return {
            "read": self.read,
            "loaded": len(self.codes),
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": len(self.unchanged),
            "kept": len(self.kept),
            "refused": [{"code": one.code, "where": one.where, "reason": one.reason} for one in self.refused],
            "changes": {code: list(fields) for code, fields in sorted(self.changed.items())},
            "defects": {
                kind: {
                    "count": count,
                    "procedures": len(self.defective[kind]),
                    "examples": sorted(self.defective[kind])[:EXAMPLES],
                    "meaning": DEFECTS.get(kind, kind),
                }
                for kind, count in sorted(self.occurrences.items(), key=lambda pair: (-pair[1], pair[0]))
            },
            "codes": self.codes,
        }
