"""Refusals about results: the registry, the queue of signatures, files that somebody wants verified."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import CORRECT, LOOK_AGAIN, OPERATOR, Sentence

SENTENCES: dict[str, Sentence] = {
    "decision_missing": (
        _("Chưa ghi số quyết định thu hồi."),
        _("Kết quả chỉ bị thu hồi bằng một quyết định: hãy ghi số của quyết định đó."),
    ),
    "no_key": (
        _("Bạn chưa có chứng thư số cá nhân trong hệ thống."),
        _("Hãy liên hệ người quản trị để đăng ký chứng thư số của bạn."),
    ),
    "no_key_of_agency": (_("Cơ quan chưa có chứng thư số trong hệ thống."), OPERATOR),
    "no_result_chosen": (
        _("Chưa chọn văn bản nào để ký."),
        _("Hãy mở xem từng văn bản, rồi đánh dấu những văn bản cần ký."),
    ),
    "pin_blocked_for_now": (
        _("Đã nhập sai mã PIN nhiều lần nên tạm dừng ký."),
        _("Chưa có gì được ký. Hãy thử lại sau {minutes} phút."),
    ),
    "replacement_unknown": (
        _("Không có kết quả nào của cơ quan bạn mang số {number} và đang dùng được để thay thế."),
        _("Hãy ghi đúng số của kết quả mới, ví dụ 15/2026/KQ-H99.101."),
    ),
    "result_not_looked_at": (
        _("Văn bản số {number} chưa được xem nên chưa ký."),
        _("Hãy mở văn bản, xem nội dung, rồi ký lại."),
    ),
    "result_wrong_state": (_("Kết quả số {number}: {state}; không làm được việc này."), LOOK_AGAIN),
    "signature_not_asked": (
        _("Văn bản này không chờ bạn ký."),
        _("Có thể văn bản đã được ký xong. Hãy tải lại danh sách."),
    ),
    "too_many_results": (_("Đã chọn {chosen} văn bản, mỗi lần ký được tối đa {limit}."), CORRECT),
    "verify_empty": (
        _("Tệp bạn gửi không có nội dung nên không có gì để kiểm tra."),
        _("Hãy chọn lại đúng tệp PDF của kết quả."),
    ),
    "verify_missing": (_("Chưa chọn tệp nào."), _("Hãy chọn tệp PDF của kết quả rồi bấm Kiểm tra.")),
    "verify_not_pdf": (
        _("Tệp bạn gửi không phải tệp PDF."),
        _("Kết quả điện tử luôn là tệp PDF. Ảnh chụp hoặc bản quét: hãy kiểm tra bằng số và mã kiểm tra in trên đó."),
    ),
    "verify_too_large": (
        _("Tệp bạn gửi lớn quá {limit_mb} MB nên không được đọc."),
        _("Tệp kết quả do hệ thống cấp nhỏ hơn nhiều. Hãy chọn lại đúng tệp."),
    ),
}
