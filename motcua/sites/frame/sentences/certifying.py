"""What is refused about certified copies."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import CORRECT, LOOK_AGAIN, Sentence

SENTENCES: dict[str, Sentence] = {
    "agency_not_certifying": (
        _("Cơ quan này không chứng thực bản sao: chỉ Ủy ban nhân dân cấp xã chứng thực."),
        _("Hãy đổi vị trí sang cơ quan cấp xã mà bạn được phân công."),
    ),
    "copy_handed_over": (_("Bản sao số {number} đã trả rồi."), LOOK_AGAIN),
    "copy_not_paid": (
        _("Chưa thu phí chứng thực của bản sao này (yêu cầu nộp tiền {bill})."),
        _("Hãy thu phí trước khi trả bản sao."),
    ),
    "copy_unknown": (_("Không tìm thấy yêu cầu chứng thực này."), LOOK_AGAIN),
    "ground_unknown": (
        _("Chưa chọn lý do từ chối."),
        _("Hãy chọn một trong các trường hợp của Điều 22 Nghị định 23/2015/NĐ-CP."),
    ),
    "original_in_future": (_("Ngày cấp bản chính không thể ở sau hôm nay."), CORRECT),
    "original_incomplete": (_("Chưa ghi tên bản chính hoặc cơ quan cấp."), CORRECT),
    "original_too_long": (_("Nội dung dài quá {limit} ký tự."), CORRECT),
    "presenter_missing": (_("Chưa ghi họ, chữ đệm, tên của người yêu cầu."), CORRECT),
    "presenter_unproven": (
        _("Chưa chứng minh được tài khoản này là của người yêu cầu."),
        _("Hãy đối chiếu thẻ và nhập lại số định danh, hoặc bỏ dấu ở ô đối chiếu thẻ."),
    ),
    "scan_empty": (_("Chưa có bản quét của bản chính."), _("Hãy quét bản chính rồi chọn tệp.")),
    "scan_too_long": (_("Bản quét dài quá {limit} trang."), _("Hãy chia thành nhiều yêu cầu.")),
    "scan_too_heavy": (
        _("Tệp PDF có quá nhiều trang không phải là ảnh quét: tối đa {limit} trang, ít hơn nếu trang nặng."),
        _("Hãy quét lại, tắt nhận dạng chữ (OCR) trên máy quét, hoặc chia thành nhiều tệp."),
    ),
    "scan_type_refused": (
        _("Bản quét phải là PDF hoặc ảnh JPEG, PNG."),
        _("Hãy quét lại, hoặc lưu tệp theo một trong các loại này."),
    ),
    "scan_unreadable": (
        _("Không đọc được bản quét: tệp hỏng, hoặc khoá bằng mật khẩu."),
        _("Hãy quét lại bản chính."),
    ),
}
