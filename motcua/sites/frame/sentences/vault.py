"""Refusals of the vault."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import Sentence

FILE_IT = _("Hãy tải giấy tờ này lên như bình thường.")

SENTENCES: dict[str, Sentence] = {
    "agency_not_named": (
        _("Không có cơ quan nào mang tên hoặc mã này."),
        _("Hãy nhập tên như trên giấy tiếp nhận, hoặc mã định danh cơ quan."),
    ),
    "agency_not_one": (_("Có nhiều cơ quan như vậy: {like}."), _("Hãy nhập tên đầy đủ hoặc mã của một cơ quan.")),
    "item_unknown": (
        _("Không tìm thấy giấy tờ này trong kho dữ liệu."),
        _("Hãy mở Kho dữ liệu và chọn trong danh sách."),
    ),
    "purpose_missing": (_("Chưa ghi mục đích xem."), _("Hãy ghi vì sao cần xem; chủ kho dữ liệu thấy điều này.")),
    "receiver_not_one": (
        _("Hãy chọn một cơ quan, hoặc nhập số định danh của một người."),
        _("Mỗi lần chia sẻ cho đúng một nơi nhận."),
    ),
    "share_given": (
        _("Giấy tờ này đang được chia sẻ cho nơi nhận đó rồi."),
        _("Muốn đổi thời hạn hoặc mục đích, hãy thu hồi lần chia sẻ trước."),
    ),
    "share_purpose_missing": (_("Chưa ghi mục đích chia sẻ."), _("Người nhận thấy mục đích này.")),
    "share_unknown": (
        _("Không tìm thấy giấy tờ được chia sẻ."),
        _("Thời hạn chia sẻ có thể đã hết, hoặc người chia sẻ đã thu hồi."),
    ),
    "share_until_wrong": (
        _("Ngày cuối của lần chia sẻ phải từ hôm nay đến {latest}."),
        _("Hãy chọn lại ngày; hết hạn có thể chia sẻ tiếp."),
    ),
    "share_with_self": (_("Đây là số định danh của chính bạn."), _("Hãy nhập số định danh của người nhận.")),
    "too_many_shares": (
        _("Bạn đang chia sẻ {limit} giấy tờ, là mức nhiều nhất cùng một lúc."),
        _("Hãy thu hồi những lần chia sẻ không cần nữa."),
    ),
    "reuse_not_yours": (
        _("Giấy tờ này không có trong kho dữ liệu của người nộp."),
        _("Hãy chọn lại trong danh sách giấy tờ được gợi ý, hoặc tải giấy tờ lên."),
    ),
    "reuse_not_in_force": (_("“{title}” ({number}) không còn hiệu lực để dùng lại."), FILE_IT),
    "reuse_other_kind": (_("“{title}” không phải là giấy tờ được yêu cầu: {paper}."), FILE_IT),
    "reuse_not_fetched": (
        _("Chưa lấy được tệp của “{title}” từ cơ sở dữ liệu giữ giấy tờ này."),
        _("Hãy thử lại sau ít phút, hoặc tải giấy tờ lên."),
    ),
}
