"""What is refused about bills and payments."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import CORRECT, LOOK_AGAIN, Sentence

SENTENCES: dict[str, Sentence] = {
    "amount_malformed": (_("Số tiền phải là số đồng nguyên, không âm."), CORRECT),
    "attempt_unknown": (_("Không tìm thấy lần thanh toán này."), LOOK_AGAIN),
    "bill_malformed": (_("Yêu cầu nộp tiền thiếu nội dung hoặc mục đích."), CORRECT),
    "bill_open": (
        _("Hồ sơ này đang có một yêu cầu nộp tiền chưa hoàn tất."),
        _("Hãy nộp hoặc huỷ yêu cầu đó trước khi lập yêu cầu mới."),
    ),
    "bill_unknown": (_("Không tìm thấy yêu cầu nộp tiền này."), LOOK_AGAIN),
    "council_fee_unknown": (
        _("Thủ tục {procedure} không có khoản thu tên này do Hội đồng nhân dân quyết định."),
        _("Hãy chọn đúng tên ghi trong phiên bản: {names}."),
    ),
    "council_fees_none": (
        _("Không phiên bản nào của thủ tục {procedure} để Hội đồng nhân dân quyết định mức thu."),
        _("Hãy xem lại mã thủ tục, hoặc công bố phiên bản ghi khoản thu đó."),
    ),
    "council_fee_there": (
        _("Mức thu của khoản này từ ngày này đã được ghi."),
        _("Hãy chọn ngày áp dụng khác; mức đã ghi được giữ nguyên để đối chiếu."),
    ),
    "fee_not_paid": (
        _("Hồ sơ còn phải nộp {amount} phí, lệ phí; pháp luật yêu cầu nộp trước bước này."),
        _("Hãy thu tại quầy hoặc chờ người nộp thanh toán trực tuyến; việc này mở ngay khi tiền đã được ghi nhận."),
    ),
    "fee_kind_unknown": (
        _("Chưa rõ khoản “{fee}” là phí hay lệ phí."),
        _("Hãy báo người quản trị thủ tục bổ sung, rồi lập lại yêu cầu nộp tiền."),
    ),
    "fee_unknown": (
        _("Phí, lệ phí của hồ sơ này chưa được tính vì chưa rõ mức thu; chưa rõ không có nghĩa là miễn phí."),
        _(
            "Hãy báo người quản trị nhập mức thu của Hội đồng nhân dân, hoặc lãnh đạo quyết định không thu và ghi lý do."
        ),
    ),
    "key_malformed": (_("Trang nộp tiền đã cũ hoặc bị sửa."), _("Hãy tải lại trang rồi bấm nộp lần nữa.")),
    "key_reused": (
        _("Yêu cầu này đã được gửi với nội dung khác."),
        _("Hãy tải lại trang rồi bấm nộp một lần nữa; bạn không bị trừ tiền hai lần."),
    ),
    "payee_unknown": (
        _("Cơ quan này chưa nhận thanh toán qua kênh đã chọn."),
        _("Hãy chọn kênh thanh toán khác, hoặc nộp tại quầy."),
    ),
    "payment_method_unknown": (_("Không có cách thu này tại quầy."), CORRECT),
    "payment_may_come": (
        _("Mới chưa rõ kết quả từ {since}; ngân hàng vẫn đang được hỏi lại."),
        _("Hãy chờ đủ {days} ngày rồi mới ghi nhận là không thành công, để không thu hai lần."),
    ),
    "payment_on_its_way": (
        _("Yêu cầu nộp tiền {number} đang chờ ngân hàng trả lời."),
        _("Hãy đợi đến khi có kết quả, để không thu hai lần."),
    ),
    "provider_unknown": (_("Không có kênh thanh toán này."), _("Hãy chọn một kênh khác.")),
    "receipt_unknown": (
        _("Không có biên lai nào mang số này."),
        _("Hãy xem lại số in trên biên lai, ví dụ 0000015/2026/BL-H99.101."),
    ),
    "refund_by_provider": (
        _("Khoản này do ngân hàng tự hoàn trả; hệ thống ghi khi ngân hàng báo."),
        _("Hãy chờ ngân hàng; nếu quá lâu, hãy báo người quản trị."),
    ),
    "refund_number_missing": (_("Chưa ghi số lệnh chi hoặc số giao dịch hoàn trả."), CORRECT),
    "slip_missing": (_("Chưa ghi số giao dịch trên hoá đơn của máy thẻ."), CORRECT),
    "statement_day": (
        _("Không thể đối soát ngày {day}: ngày đó chưa đến, hoặc quá xa."),
        _("Hãy chọn ngày hôm nay hoặc một ngày đã qua."),
    ),
    "statement_without_account": (
        _("Cơ quan này chưa khai báo tài khoản nhận chuyển khoản VietQR."),
        _("Hãy báo người quản trị khai báo tài khoản, rồi đưa sao kê vào."),
    ),
    "till_closed": (
        _("Quầy thu của bạn hôm nay đã khoá sổ."),
        _("Hãy để cán bộ khác thu, hoặc thu vào ngày làm việc sau."),
    ),
}
