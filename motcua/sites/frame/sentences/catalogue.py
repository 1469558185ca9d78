"""Refusals about procedures and their editions."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import CORRECT, LOOK_AGAIN, Sentence

SENTENCES: dict[str, Sentence] = {
    "bpmn_incomplete": (
        _("Sơ đồ BPMN thiếu thông tin tại “{name}”: {missing}."),
        _("Hãy bổ sung trong công cụ vẽ rồi nạp lại."),
    ),
    "bpmn_unreadable": (_("Không đọc được tệp BPMN: {reason}."), _("Hãy xuất lại sơ đồ ở dạng BPMN 2.0.")),
    "bpmn_unsupported": (
        _("Sơ đồ BPMN có phần tử không dùng được ở đây: {element} “{name}”."),
        _("Hãy vẽ lại bằng bước công việc, cổng rẽ nhánh loại trừ và luồng nối, rồi nạp lại."),
    ),
    "process_missing": (
        _("Thủ tục {procedure} chưa có quy trình giải quyết."),
        _("Hãy chọn một thủ tục có quy trình, hoặc lập quy trình cho thủ tục này."),
    ),
    "edition_not_in_force": (
        _("Thủ tục {procedure} không có phiên bản hiệu lực vào ngày {on}."),
        _("Hãy xem trang thủ tục để biết phiên bản đang áp dụng."),
    ),
    "edition_overlaps": (
        _("Thủ tục {procedure} đã có phiên bản khác hiệu lực từ {begins}."),
        _("Hãy chọn ngày hiệu lực khác, hoặc kết thúc phiên bản kia trước."),
    ),
    "edition_problems": (_("Phiên bản của thủ tục {procedure} chưa công bố được: {problems}."), CORRECT),
    "edition_unknown": (_("Không tìm thấy phiên bản này của thủ tục."), LOOK_AGAIN),
    "procedure_unknown": (
        _("Không có thủ tục mang mã {procedure}."),
        _("Hãy kiểm tra lại mã, hoặc tìm thủ tục từ trang chủ."),
    ),
    "until_before_start": (_("Ngày hết hiệu lực đứng trước ngày bắt đầu {begins} của thủ tục {procedure}."), CORRECT),
    "procedure_information_only": (
        _("Thủ tục {procedure} hiện chỉ được công bố để tra cứu, chưa nhận hồ sơ ở đây."),
        _("Hãy xem trang thủ tục để biết nơi nộp."),
    ),
    "channel_not_offered": (
        _("Thủ tục {procedure} không nhận hồ sơ theo cách này."),
        _("Hãy chọn một cách nộp có trên trang thủ tục."),
    ),
}
