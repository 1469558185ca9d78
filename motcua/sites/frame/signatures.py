"""The words for what was found out about a signed file: the verification page and ``motcua verify`` say the same."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.signing.report import Covers, Verdict

VERDICTS: dict[Verdict, tuple[Promise, Promise]] = {
    Verdict.VALID: (
        _("Tệp nguyên vẹn, mọi chữ ký số đều hợp lệ."),
        _("Nội dung không thay đổi từ khi ký, người ký được xác định, chứng thư số có hiệu lực lúc ký."),
    ),
    Verdict.UNKNOWN: (
        _("Chưa đủ căn cứ để kết luận tệp này hợp lệ."),
        _("Chưa biết không có nghĩa là đúng. Hãy xem lý do ở từng chữ ký, hoặc hỏi cơ quan đã cấp."),
    ),
    Verdict.UNTRUSTED: (
        _("Không tin cậy được chữ ký số trong tệp này."),
        _("Đừng dùng tệp này làm căn cứ. Hãy hỏi cơ quan ghi trên giấy tờ."),
    ),
    Verdict.CHANGED: (
        _("Tệp này đã bị thay đổi sau khi ký."),
        _("Đừng dùng tệp này làm căn cứ. Hãy xin lại bản gốc từ cơ quan đã cấp."),
    ),
    Verdict.NOT_SIGNED: (
        _("Tệp này không có chữ ký số."),
        _("Không thể kiểm tra nguồn gốc từ tệp. Hãy tra cứu bằng số và mã kiểm tra in trên giấy tờ."),
    ),
    Verdict.NOT_A_PDF: (
        _("Tệp này không phải PDF, hoặc hỏng không đọc được."),
        _("Hãy chọn đúng tệp PDF đã được gửi cho bạn."),
    ),
}

PROBLEMS: dict[str, Promise] = {
    "algorithm_weak": _("Thuật toán ký đã lỗi thời, không còn an toàn."),
    "certificate_expired": _("Chứng thư số đã hết hạn, và không có dấu thời gian đáng tin chứng minh ký trước đó."),
    "certificate_not_yet_valid": _("Chứng thư số chưa có hiệu lực vào lúc ký."),
    "certificate_revoked": _("Chứng thư số đã bị thu hồi trước lúc ký."),
    "certificate_untrusted": _("Chứng thư số không do tổ chức chứng thực được tin cậy cấp."),
    "changed": _("Nội dung đã bị thay đổi sau khi ký."),
    "content_added": _("Có nội dung được thêm vào sau khi ký."),
    "encrypted": _("Tệp được đặt mật khẩu nên không kiểm tra được."),
    "kind_unknown": _("Loại chữ ký này không kiểm tra được ở đây."),
    "no_file": _("Không mở được tệp này."),
    "not_a_pdf": _("Tệp không phải PDF."),
    "not_signed": _("Tệp không có chữ ký số."),
    "revocation_unknown": _("Chưa kiểm tra được chứng thư số có bị thu hồi hay không."),
    "signature_unreadable": _("Chữ ký bị hỏng, không đọc được."),
    "time_stamp_unproven": _("Dấu thời gian trong chữ ký không đáng tin."),
    "too_complex": _("Tệp quá phức tạp để kiểm tra trong thời gian cho phép."),
    "too_large": _("Tệp quá lớn để kiểm tra."),
    "unreadable": _("Tệp hỏng, không đọc được."),
}

COVERS: dict[Covers, Promise] = {
    Covers.WHOLE: _("Chữ ký bao trùm toàn bộ tệp."),
    Covers.EARLIER: _("Sau chữ ký này chỉ có thêm chữ ký khác; nội dung không đổi."),
    Covers.PART: _("Chữ ký không bao trùm toàn bộ nội dung của tệp."),
}
