"""What is refused at the counter: counting papers, queue tickets, groups, whose account a dossier goes to."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import CORRECT, LOOK_AGAIN, Sentence

SENTENCES: dict[str, Sentence] = {
    "card_of_another": (
        _("Chỉ đưa hồ sơ vào tài khoản của chủ hồ sơ khi chính người đó đến nộp."),
        _("Có người nộp thay: hãy bỏ dấu “Đã đối chiếu giấy tờ tuỳ thân”."),
    ),
    "filer_not_representative": (
        _("Theo dữ liệu hôm nay, người nộp không đại diện cho tổ chức này."),
        _(
            "Hãy bỏ dấu “Đã đối chiếu giấy tờ tuỳ thân” để nhận như hồ sơ nộp thay, không dùng kho dữ liệu của tổ chức."
        ),
    ),
    "organisation_unknown": (
        _("Chưa có tổ chức nào đăng ký với mã số thuế này."),
        _("Hãy nhập tên tổ chức theo giấy đăng ký."),
    ),
    "counter_name_missing": (_("Chưa ghi tên quầy của bạn."), _("Hãy ghi tên quầy, ví dụ Quầy 3, rồi gọi số.")),
    "dossier_codes_unknown": (
        _("Cơ quan bạn không có hồ sơ mang mã: {codes}."),
        _("Hãy kiểm tra lại từng mã; chưa hồ sơ nào được đưa vào nhóm."),
    ),
    "group_full": (_("Một nhóm có nhiều nhất {limit} hồ sơ."), _("Hãy lập thêm một nhóm nữa.")),
    "group_name_missing": (_("Nhóm chưa có tên."), CORRECT),
    "group_unknown": (_("Không tìm thấy nhóm hồ sơ này ở cơ quan của bạn."), LOOK_AGAIN),
    "in_another_group": (
        _("Có {many} hồ sơ đã thuộc nhóm khác."),
        _("Mỗi hồ sơ chỉ ở một nhóm: hãy đưa ra khỏi nhóm kia trước."),
    ),
    "online_needs_account": (
        _("Trả trực tuyến cần tài khoản đã xác minh của chủ hồ sơ."),
        _("Hãy tra cứu và đối chiếu giấy tờ của người đó, hoặc chọn cách trả khác."),
    ),
    "paper_count_wrong": (
        _("Số bản và số trang phải từ 0 đến {limit}, mỗi giấy tờ ghi một lần."),
        CORRECT,
    ),
    "queue_name_missing": (_("Chưa ghi hàng chờ dành cho việc gì."), CORRECT),
    "queue_unknown": (_("Hàng chờ này không còn phát số."), LOOK_AGAIN),
    "ticket_of_another": (_("Số này đang được quầy khác phục vụ."), LOOK_AGAIN),
    "ticket_open": (
        _("Quầy của bạn đang phục vụ một số khác."),
        _("Hãy bấm Xong hoặc Không đến cho số đó trước."),
    ),
    "ticket_unknown": (_("Không tìm thấy số này trong hôm nay."), LOOK_AGAIN),
    "too_many_queues": (_("Cơ quan đã mở đủ {limit} hàng chờ."), _("Hãy dùng lại một hàng chờ đã có.")),
}
