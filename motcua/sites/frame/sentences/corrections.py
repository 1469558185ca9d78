"""Refusals about correcting a filed dossier, authorising somebody, following, and answering a request."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import CORRECT, LOOK_AGAIN, Sentence

SENTENCES: dict[str, Sentence] = {
    "basis_missing": (_("Chưa ghi căn cứ uỷ quyền."), _("Ví dụ: giấy uỷ quyền ngày 10/11/2026, hoặc vợ chồng.")),
    "correction_open": (
        _("Hồ sơ đang có một yêu cầu sửa chờ cơ quan trả lời."),
        _("Khi cơ quan trả lời xong, bạn có thể sửa tiếp."),
    ),
    "correction_unknown": (_("Hồ sơ này không có yêu cầu sửa nào đang chờ trả lời."), LOOK_AGAIN),
    "mandate_given": (
        _("Người này đã được uỷ quyền cho hồ sơ này."),
        _("Muốn đổi thời hạn, hãy thu hồi rồi uỷ quyền lại."),
    ),
    "mandate_unknown": (_("Không tìm thấy uỷ quyền này, hoặc đã được thu hồi."), LOOK_AGAIN),
    "mandate_until_wrong": (
        _("Ngày cuối phải từ hôm nay đến ngày {latest}."),
        _("Một lần uỷ quyền dài nhất là một năm; hết hạn, bạn có thể uỷ quyền lại."),
    ),
    "not_in_mandate": (
        _("Uỷ quyền của bạn không gồm việc này."),
        _("Người được uỷ quyền được xem, bổ sung và sửa thông tin; việc khác hãy nhờ người nộp làm."),
    ),
    "nothing_asked": (
        _("Cơ quan không còn chờ bạn bổ sung."),
        _("Hãy xem trang hồ sơ: phần bổ sung có thể đã được nộp."),
    ),
    "nothing_changed": (_("Chưa có thông tin nào được sửa."), _("Hãy chọn “Sửa” ở phần cần sửa trước khi gửi.")),
    "return_address_missing": (
        _("Nhận qua bưu chính cần có địa chỉ."),
        _("Hãy ghi địa chỉ nhận, hoặc ghi nơi cư trú ở trang thông tin của bạn."),
    ),
    "taker_is_giver": (_("Không thể uỷ quyền cho chính mình."), CORRECT),
    "taker_unknown": (
        _("Không có người nào đã xác minh danh tính mà khớp cả số định danh và họ tên này."),
        _("Hãy xem lại từng chữ, từng số. Người đó cần có tài khoản và đã đối chiếu căn cước tại bộ phận một cửa."),
    ),
    "too_many_followed": (_("Bạn đang theo dõi {limit} hồ sơ, là mức nhiều nhất."), _("Hãy bỏ theo dõi bớt.")),
}
