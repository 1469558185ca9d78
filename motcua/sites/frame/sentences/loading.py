"""Refusals of loading made-up dossiers."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import Sentence

SENTENCES: dict[str, Sentence] = {
    "ledger_unread": (
        _("Sổ cái còn sự kiện chưa được đọc hết: {subscribers}."),
        _("Hãy chạy “motcua worker” cho đến khi đọc xong rồi nạp lại."),
    ),
    "node_busy": (_("Có người đang ghi vào hệ thống."), _("Hãy dừng trang web và worker rồi nạp lại.")),
    "node_not_a_trial": (
        _("Hệ thống này đã có hồ sơ và không phải bản trình diễn, nên không nạp hồ sơ giả lập."),
        _("Nếu chắc chắn đây là hệ thống thử nghiệm, hãy thêm --yes."),
    ),
    "nothing_to_file": (
        _("Chưa có cơ quan hoặc thủ tục nào để nạp hồ sơ giả lập."),
        _("Hãy chạy “motcua demo” một lần trước, hoặc nạp cơ quan và thủ tục."),
    ),
    "synthetic_too_many": (
        _("Số hồ sơ giả lập phải từ 1 đến {limit}."),
        _("Hãy sửa giá trị của --dossiers rồi chạy lại."),
    ),
}
