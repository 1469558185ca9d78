"""What is refused about signing files."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import OPERATOR, Sentence

RENEW = _("Hãy gia hạn hoặc xin cấp chứng thư số mới, rồi ký lại. Các chữ ký đã ký trước đó không bị ảnh hưởng.")
SIGN_AGAIN = _("Chưa có gì được ký. Hãy thử ký lại.")

SENTENCES: dict[str, Sentence] = {
    "certificate_expired": (_("Chứng thư số đã hết hạn nên không ký được nữa."), RENEW),
    "certificate_not_yet_valid": (
        _("Chứng thư số chưa đến ngày có hiệu lực."),
        _("Hãy chờ đến ngày có hiệu lực, hoặc dùng chứng thư số khác."),
    ),
    "certificate_revoked": (_("Chứng thư số đã bị thu hồi nên không ký được nữa."), RENEW),
    "certificate_untrusted": (
        _("Chứng thư số này không do tổ chức chứng thực được hệ thống tin cậy cấp."),
        OPERATOR,
    ),
    "dev_ca_exists": (
        _("Thư mục {folder} đã có; không có gì bị ghi đè."),
        _("Hãy xoá thư mục đó nếu không cần nữa, hoặc chọn thư mục khác bằng --to."),
    ),
    "dev_ca_in_repository": (
        _("Khoá không được để trong thư mục mã nguồn: {folder}."),
        _("Hãy chọn thư mục khác bằng --to."),
    ),
    "field_taken": (_("Tệp này đã có một chữ ký ở ô “{field}”."), _("Mỗi ô chỉ ký một lần; hãy kiểm tra tệp đã ký.")),
    "key_file_open_to_others": (
        _("Người khác trên máy đọc được tệp mật khẩu {file}."),
        _("Hãy chỉ cho chủ tệp quyền đọc (chmod 600), rồi thử lại."),
    ),
    "key_locked": (_("Cần nhập mã PIN trước khi ký."), _("Hãy nhập mã PIN của chứng thư số rồi ký lại.")),
    "key_unavailable": (_("Không dùng được khoá ký vào lúc này."), OPERATOR),
    "pdf_unreadable": (_("Không đọc được tệp PDF này nên không ký được."), OPERATOR),
    "pin_blocked": (
        _("Thiết bị ký đã khoá vì nhập sai mã PIN quá nhiều lần."),
        _("Hãy liên hệ nơi cấp thiết bị để mở khoá."),
    ),
    "pin_wrong": (
        _("Mã PIN không đúng."),
        _("Chưa có gì được ký. Hãy nhập lại; nhập sai nhiều lần thiết bị sẽ khoá."),
    ),
    "revocation_unknown": (
        _("Chưa kiểm tra được chứng thư số có bị thu hồi hay không."),
        _("Hãy báo người quản trị cập nhật danh sách thu hồi, rồi ký lại."),
    ),
    "signing_answer_invalid": (_("Dịch vụ ký số từ xa trả lời không đúng; chữ ký không được dùng."), SIGN_AGAIN),
    "signing_declined": (_("Người ký đã từ chối trên thiết bị của mình."), _("Chưa có gì được ký.")),
    "signing_timed_out": (
        _("Người ký chưa xác nhận trên thiết bị trong thời gian cho phép."),
        SIGN_AGAIN,
    ),
    "time_stamp_untrusted": (_("Dịch vụ cấp dấu thời gian không nằm trong danh sách được tin cậy."), OPERATOR),
    "time_stamp_unavailable": (_("Dịch vụ cấp dấu thời gian không trả lời."), SIGN_AGAIN),
}
