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
    "prepared_changed": (
        _("Văn bản chờ ký số {number} không còn là văn bản mà hệ thống đã lập, nên không ký."),
        _("Hãy báo cho người quản trị hệ thống kiểm tra trước khi làm tiếp."),
    ),
    "replacement_not_signed": (
        _("Kết quả số {number} chưa ký số, còn kết quả này đã ký số."),
        _("Hãy chờ kết quả mới được ký số rồi ghi thay thế."),
    ),
    "replacement_of_another": (
        _("Kết quả số {number} cấp cho người khác, nên không thay được cho kết quả này."),
        _("Hãy ghi số của kết quả mới cấp cho chính người đang giữ kết quả này."),
    ),
    "replacement_unknown": (
        _("Không có kết quả nào của cơ quan bạn mang số {number} và đang dùng được để thay thế."),
        _("Hãy ghi đúng số của kết quả mới, ví dụ 15/2026/KQ-H99.101."),
    ),
    "result_not_looked_at": (
        _("Văn bản số {number} chưa được xem nên chưa ký."),
        _("Hãy mở văn bản, xem nội dung, rồi ký lại."),
    ),
    "result_replaced": (
        _("Kết quả số {number} đã được thay bằng kết quả số {new} nên không trả nữa."),
        _("Hãy trả kết quả số {new} và báo cho người nhận biết lý do: {reason}"),
    ),
    "result_revoked": (
        _("Kết quả số {number} đã bị thu hồi nên không trả nữa. Lý do: {reason}"),
        _("Hãy báo cho người nộp biết quyết định thu hồi; số và lý do ghi trong Sổ kết quả."),
    ),
    "result_suspended": (
        _("Kết quả số {number} đang bị tạm dừng hiệu lực nên chưa trả được. Lý do: {reason}"),
        _("Hãy báo cho người nộp, rồi trả khi lãnh đạo cho kết quả có hiệu lực trở lại trong Sổ kết quả."),
    ),
    "result_wrong_state": (_("Kết quả số {number}: {state}; không làm được việc này."), LOOK_AGAIN),
    "signature_not_asked": (
        _("Văn bản này không chờ bạn ký."),
        _("Có thể văn bản đã được ký xong. Hãy tải lại danh sách."),
    ),
    "signature_not_waiting": (
        _("Văn bản này không còn chờ người đó ký."),
        _("Có thể văn bản vừa được ký hoặc vừa được giao cho người khác. Hãy tải lại danh sách."),
    ),
    "signer_unfit": (
        _("Người được chọn không ký được văn bản này."),
        _("Hãy chọn một lãnh đạo khác đang giữ vị trí ở cơ quan bạn và có chứng thư số."),
    ),
    "too_many_results": (_("Đã chọn {chosen} văn bản, mỗi lần ký được tối đa {limit}."), CORRECT),
    "verify_busy": (_("Đang kiểm tra tệp của người khác."), _("Hãy gửi lại tệp sau vài giây.")),
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
