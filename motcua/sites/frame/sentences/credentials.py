"""What can be wrong with a result as a credential: taken too early, or not proving what it should."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import Sentence

NEWEST = _("Hãy xin người giữ kết quả tải lại bản mới nhất.")
NOT_TRUSTED = _("Đừng tin nội dung của mã này. Hãy kiểm tra kết quả bằng số và mã kiểm tra in dưới mã QR.")
ASK_AGENCY = _("Hãy hỏi cơ quan đã cấp kết quả.")

SENTENCES: dict[str, Sentence] = {
    "credential_not_ready": (
        _("Kết quả chưa được trả nên chưa có chứng thực số."),
        _("Hãy tải lại khi kết quả đã được trả."),
    ),
    "credential_not_in_force": (
        _("Kết quả này hiện không có hiệu lực nên không có chứng thực số."),
        ASK_AGENCY,
    ),
    "credential_too_large": (_("Mã quá dài, không phải chứng thực số của kết quả."), NOT_TRUSTED),
    "credential_unreadable": (
        _("Không đọc được mã này như một chứng thực số."),
        _("Hãy chọn đúng tệp .jwt, hoặc dán nguyên toàn bộ nội dung tệp, không thêm bớt ký tự nào."),
    ),
    "credential_kind_refused": (_("Mã này không phải loại chứng thực số mà hệ thống cấp."), NOT_TRUSTED),
    "credential_other_issuer": (_("Mã này không do hệ thống này ký."), NOT_TRUSTED),
    "credential_signature_wrong": (_("Chữ ký không đúng: nội dung đã bị sửa hoặc bị giả mạo."), NOT_TRUSTED),
    "credential_unknown": (_("Kho kết quả không có kết quả nào khớp với mã này."), NOT_TRUSTED),
    "credential_not_yet": (_("Kết quả chưa đến ngày có hiệu lực."), NEWEST),
    "credential_expired": (_("Chữ ký đúng, nhưng kết quả đã hết thời hạn hiệu lực."), NEWEST),
    "credential_suspended": (_("Chữ ký đúng, nhưng kết quả đang bị tạm dừng hiệu lực."), ASK_AGENCY),
    "credential_revoked": (_("Chữ ký đúng, nhưng kết quả đã bị thu hồi."), ASK_AGENCY),
    "credential_replaced": (_("Chữ ký đúng, nhưng kết quả đã được thay bằng kết quả khác."), NEWEST),
}
