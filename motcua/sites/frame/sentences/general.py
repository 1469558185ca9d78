"""What can be refused everywhere, and the advice that many refusals share."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = tuple[Promise, Promise]

LOOK_AGAIN = _("Hãy tải lại trang để xem tình trạng mới nhất.")
ASK_DESK = _("Hãy hỏi bộ phận tiếp nhận và trả kết quả của cơ quan đang giữ hồ sơ.")
ASK_LEAD = _("Hãy liên hệ người quản trị của cơ quan bạn nếu việc này thuộc nhiệm vụ của bạn.")
CORRECT = _("Hãy sửa lại chỗ được chỉ ra rồi gửi lại. Những gì bạn đã điền vẫn được giữ.")
OPERATOR = _("Hãy báo cho người quản trị hệ thống.")

SENTENCES: dict[str, Sentence] = {
    "bad_request": (_("Yêu cầu gửi đến không đọc được."), _("Hãy quay lại trang trước và thử lần nữa.")),
    "signed_out": (_("Bạn cần đăng nhập để xem trang này."), _("Hãy đăng nhập rồi mở lại trang.")),
    "forbidden": (_("Bạn không được phép xem hoặc làm việc này."), ASK_LEAD),
    "not_found": (
        _("Không tìm thấy trang này."),
        _("Hãy kiểm tra lại địa chỉ, hoặc tìm thủ tục từ trang chủ."),
    ),
    "too_large": (
        _("Nội dung gửi lên quá lớn."),
        _("Mỗi tệp được tối đa {limit} MB. Hãy chụp hoặc quét lại với dung lượng nhỏ hơn."),
    ),
    "too_many_requests": (_("Có quá nhiều yêu cầu trong thời gian ngắn."), _("Hãy chờ một phút rồi thử lại.")),
    "server_error": (
        _("Hệ thống gặp lỗi khi xử lý yêu cầu này."),
        _("Lỗi đã được ghi lại. Hãy thử lại sau ít phút; những gì đã lưu vẫn còn."),
    ),
    "unavailable": (
        _("Hệ thống tạm thời chưa phục vụ được."),
        _("Hãy thử lại sau ít phút. Những gì đã lưu vẫn còn; điều vừa gửi chưa được ghi nhận."),
    ),
    "page_not_opened_so": (
        _("Địa chỉ này không mở được theo cách đó."),
        _("Hãy quay lại trang trước và dùng nút trên trang."),
    ),
    "csrf": (
        _("Trang đã mở quá lâu nên yêu cầu không còn hợp lệ."),
        _("Hãy tải lại trang rồi gửi lần nữa. Trình duyệt cần cho phép cookie của trang này."),
    ),
    "wrong_role": (_("Việc này không thuộc vai trò của bạn."), ASK_LEAD),
    "wrong_agency": (_("Hồ sơ này thuộc cơ quan khác."), ASK_LEAD),
    "wrong_state": (_("Hồ sơ đang ở bước không làm được việc này."), LOOK_AGAIN),
    "unknown_move": (_("Không có thao tác này."), LOOK_AGAIN),
}
