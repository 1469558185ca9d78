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
    "edition_changed_meanwhile": (
        _("{who} vừa sửa bản nháp này lúc {when}, sau khi bạn mở trang."),
        _("Nội dung bạn gõ vẫn còn trên trang này. Hãy mở bản mới nhất ở thẻ khác, đối chiếu rồi nhập lại."),
    ),
    "edition_gone": (_("Bản nháp này đã bị bỏ."), _("Hãy xem danh sách phiên bản của thủ tục.")),
    "edition_unstorable": (_("Chưa ghi được bản nháp: {problems}."), CORRECT),
    "edition_wrong_state": (
        _("Phiên bản này không còn ở trạng thái cho phép làm việc đó."),
        _("Bản đang duyệt phải được trả lại trước khi sửa; bản đã công bố không sửa được, hãy lập phiên bản mới."),
    ),
    "review_reason_missing": (
        _("Chưa ghi lý do trả lại."),
        _("Người soạn sẽ đọc lý do này: hãy ghi rõ cần sửa gì, ở phần nào."),
    ),
    "procedure_exists": (
        _("Mã {procedure} đã có trong danh mục: {name}."),
        _("Hãy mở thủ tục đó rồi lập phiên bản mới, hoặc dùng mã khác."),
    ),
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
