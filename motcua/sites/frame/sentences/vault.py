"""Refusals of the vault."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import Sentence

FILE_IT = _("Hãy tải giấy tờ này lên như bình thường.")

SENTENCES: dict[str, Sentence] = {
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
