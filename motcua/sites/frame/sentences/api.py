"""Refusals that only a program meets."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import CORRECT, Sentence

SENTENCES: dict[str, Sentence] = {
    "address_unknown": (_("Không có địa chỉ {address}."), _("Các địa chỉ có tại /api/v1/openapi.json.")),
    "body_invalid": (_("Nội dung gửi lên chưa đúng."), _("Chỗ chưa đúng được nêu trong “fields”.")),
    "body_too_large": (_("Nội dung gửi lên lớn quá {limit_mb} MB."), _("Hãy gửi tệp riêng qua /api/v1/files.")),
    "channel_not_yours": (
        _("Cách nộp này không dành cho bạn."),
        _("Công dân nộp trực tuyến (online); cán bộ nhận tại quầy (direct) hoặc qua bưu chính (postal)."),
    ),
    "cursor_malformed": (_("Không đọc được vị trí trang."), _("Hãy gửi lại đúng giá trị “next” của trang trước.")),
    "file_unknown": (
        _("Tệp này chưa được tài khoản của bạn gửi lên."),
        _("Hãy gửi tệp qua /api/v1/files và dùng giá trị “file” trong câu trả lời."),
    ),
    "idempotency_key_missing": (
        _("Thiếu tiêu đề Idempotency-Key."),
        _("Hãy đặt cho mỗi lần nộp một khoá riêng, tối đa 200 ký tự; gửi lại cùng khoá thì không nộp hai lần."),
    ),
    "idempotency_key_reused": (
        _("Khoá này đã dùng để nộp hồ sơ {code} với nội dung khác."),
        _("Hãy dùng khoá khác cho lần nộp khác."),
    ),
    "json_unreadable": (
        _("Nội dung không phải JSON đúng chuẩn: {why}."),
        _("Gửi JSON mã hoá UTF-8, không lặp tên, không NaN, số tối đa 18 chữ số, lồng nhau tối đa 16 tầng."),
    ),
    "media_type_unsupported": (_("Chỉ nhận nội dung kiểu {accepted}."), _("Hãy sửa tiêu đề Content-Type.")),
    "method_not_allowed": (
        _("Địa chỉ này không nhận phương thức {method}."),
        _("Các phương thức được nhận nêu trong tiêu đề Allow."),
    ),
    "owner_missing": (
        _("Chủ hồ sơ chưa được ghi đúng."),
        _("Tại quầy: ghi “owner”. Nộp thay người khác: ghi “on_behalf_of” cùng căn cứ. Nộp cho mình: bỏ trống."),
    ),
    "post_not_chosen": (
        _("Bạn giữ vị trí tại nhiều cơ quan: {agencies}."),
        _("Hãy gửi mã một cơ quan trong tiêu đề X-Agency."),
    ),
    "procedure_or_edition": (_("Cần ghi đúng một trong hai: mã thủ tục hoặc phiên bản."), CORRECT),
    "seen_missing": (
        _("Chưa nói bạn đã thấy hồ sơ ở tình trạng nào."),
        _("Hãy xem hồ sơ rồi gửi “seq” của nó trong tiêu đề If-Match hoặc mục “seen”."),
    ),
    "token_invalid": (
        _("Mã truy cập không đúng hoặc đã hết hạn."),
        _("Hãy lấy mã mới tại /api/v1/token."),
    ),
}
