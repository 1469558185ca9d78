"""Refusals about drafts, filing, processing and results."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import ASK_DESK, ASK_LEAD, CORRECT, LOOK_AGAIN, OPERATOR, Sentence

SENTENCES: dict[str, Sentence] = {
    "same_agency": (_("Hồ sơ đang ở chính cơ quan {agency}."), _("Hãy chọn cơ quan khác.")),
    "acted_first": (_("Người khác vừa thao tác trên hồ sơ này trước bạn."), LOOK_AGAIN),
    "agency_not_chosen": (_("Chưa chọn cơ quan nhận hồ sơ."), CORRECT),
    "agency_not_competent": (
        _("{agency} không có thẩm quyền giải quyết thủ tục này."),
        _("Hãy chọn cơ quan khác trong danh sách."),
    ),
    "amount_not_positive": (_("Số tiền phải lớn hơn 0."), CORRECT),
    "answers_invalid": (_("Tờ khai còn chỗ chưa đúng."), CORRECT),
    "automatic_without_way": (_("Bước tự động “{step}” không có lối ra nào phù hợp với hồ sơ này."), OPERATOR),
    "channel_unknown": (_("Không có cách nộp này."), _("Hãy chọn nộp trực tuyến, trực tiếp hoặc qua bưu chính.")),
    "dossier_code_malformed": (
        _("Mã hồ sơ {code} không đúng dạng."),
        _("Mã hồ sơ in trên giấy tiếp nhận, ví dụ H99.101-260130-0001."),
    ),
    "dossier_unknown": (
        _("Không tìm thấy hồ sơ này."),
        _("Hãy kiểm tra lại mã hồ sơ trên giấy tiếp nhận, và đăng nhập bằng tài khoản đã nộp."),
    ),
    "draft_unknown": (
        _("Không tìm thấy bản nháp này."),
        _("Bản nháp có thể đã được nộp hoặc xoá. Hãy xem danh sách hồ sơ của bạn."),
    ),
    "letter_unknown": (
        _("Hồ sơ này không có văn bản theo mẫu {form}."),
        _("Các văn bản đã gửi được nêu trên trang của hồ sơ."),
    ),
    "register_too_long": (
        _("Sổ này có hơn {limit} dòng, quá dài cho một tệp."),
        _("Hãy chọn từng tháng, hoặc tải dạng Excel."),
    ),
    "extended_before": (_("Hồ sơ này đã được gia hạn một lần."), _("Pháp luật chỉ cho gia hạn một lần.")),
    "extension_not_later": (_("Hạn mới phải sau hạn đang có ({due})."), CORRECT),
    "extension_outside_hours": (_("Hạn mới rơi vào ngày nghỉ."), _("Hãy chọn một ngày làm việc.")),
    "extension_too_late": (
        _("Phải xin lỗi và gia hạn chậm nhất một ngày trước hạn {due}."),
        _("Hồ sơ này sẽ được tính là quá hạn; hãy giải quyết sớm nhất có thể."),
    ),
    "filing_id_taken": (_("Lần nộp này đã được dùng cho một hồ sơ khác."), _("Hãy mở lại bản nháp và nộp từ đó.")),
    "guard_not_met": (
        _("Chưa đủ điều kiện để chuyển bước: {condition}."),
        _("Hãy kiểm tra lại câu trả lời của hồ sơ, hoặc chọn thao tác khác."),
    ),
    "held_by_other": (
        _("Hồ sơ đang do cán bộ khác giữ."),
        _("Hãy nhờ người đang giữ chuyển cho bạn, hoặc nhờ lãnh đạo phân công lại."),
    ),
    "no_due_date": (_("Hồ sơ này không có hạn để gia hạn."), LOOK_AGAIN),
    "no_such_action": (_("Bước “{step}” không có thao tác này."), LOOK_AGAIN),
    "not_at_hand_over_step": (
        _("Hồ sơ đang ở bước “{step}”, chưa đến bước trả kết quả."),
        _("Hãy chuyển hồ sơ qua các bước còn lại trước khi trả kết quả."),
    ),
    "not_a_step": (_("Đây không phải thao tác chuyển bước."), LOOK_AGAIN),
    "not_the_deciding_step": (_("Bước “{step}” không phải bước quyết định."), LOOK_AGAIN),
    "officer_not_in_role": (_("Cán bộ này không giữ vai trò cần cho bước này ({role})."), _("Hãy chọn cán bộ khác.")),
    "opinion_agency_missing": (_("Chưa chọn cơ quan để lấy ý kiến."), CORRECT),
    "opinion_answer_missing": (_("Chưa ghi nội dung trả lời."), _("Hãy ghi ý kiến và căn cứ.")),
    "opinion_asked_already": (
        _("{agency} đang được hỏi về hồ sơ này và chưa trả lời."),
        _("Hãy chờ trả lời, hoặc rút yêu cầu cũ rồi hỏi lại."),
    ),
    "opinion_closed": (_("Yêu cầu lấy ý kiến của {agency} đã kết thúc."), LOOK_AGAIN),
    "opinion_hours_missing": (_("Chưa ghi thời hạn trả lời."), CORRECT),
    "opinion_hours_wrong": (_("Thời hạn trả lời phải lớn hơn 0 và không quá {limit} giờ làm việc."), CORRECT),
    "opinion_of_oneself": (_("{agency} là cơ quan đang giữ hồ sơ."), _("Hãy chọn một cơ quan khác.")),
    "opinion_question_missing": (_("Chưa ghi nội dung cần hỏi."), _("Hãy ghi rõ cần ý kiến về việc gì.")),
    "opinion_text_too_long": (_("Nội dung dài quá {limit} ký tự."), CORRECT),
    "opinion_unknown": (_("Không tìm thấy yêu cầu lấy ý kiến này."), LOOK_AGAIN),
    "opinion_unknown_here": (_("Bước “{step}” không có mục lấy ý kiến này."), LOOK_AGAIN),
    "opinions_open": (
        _("Còn {count} cơ quan chưa trả lời ý kiến, hạn trả lời đến {until}."),
        _("Hãy chờ trả lời hoặc hết hạn trả lời, hoặc rút yêu cầu lấy ý kiến."),
    ),
    "nothing_timed_out": (_("Hồ sơ này chưa quá thời gian ở bước."), LOOK_AGAIN),
    "on_behalf_incomplete": (
        _("Thông tin người được nộp thay chưa đủ."),
        _("Hãy ghi họ tên, số định danh và căn cứ uỷ quyền."),
    ),
    "owner_out_of_range": (_("Số đơn vị chủ quản hệ thống phải từ 0 đến 99."), OPERATOR),
    "paper_unknown": (
        _("Thủ tục không có thành phần hồ sơ: {papers}."),
        _("Hãy đính kèm vào đúng mục, hoặc mục giấy tờ khác."),
    ),
    "reuse_without_holder": (
        _("Giấy tờ trong kho dữ liệu chỉ dùng lại được khi chính người có kho, hoặc đại diện của tổ chức, nộp."),
        _("Tại quầy: đối chiếu căn cước của người nộp rồi đánh dấu đã đối chiếu. Trường hợp khác, hãy đính kèm tệp."),
    ),
    "reuse_other_file": (
        _("Tệp gửi kèm không phải là “{title}” trong kho dữ liệu."),
        _("Hãy chọn lại giấy tờ trong kho, hoặc đính kèm tệp mà không ghi nguồn."),
    ),
    "vault_of_another": (
        _("Kho dữ liệu này là của người nộp hồ sơ, không phải của bạn."),
        _("Hãy đính kèm tệp, hoặc nhờ người nộp hồ sơ chọn giấy tờ trong kho của mình."),
    ),
    "papers_missing": (_("Còn thiếu giấy tờ: {papers}."), _("Hãy đính kèm ảnh chụp hoặc bản quét của từng giấy tờ.")),
    "process_without_step": (_("Quy trình của thủ tục thiếu bước cần thiết ({does})."), OPERATOR),
    "reason_missing": (_("Chưa ghi lý do."), _("Người dân sẽ đọc lý do này: hãy ghi rõ vì sao và cần làm gì.")),
    "reason_too_long": (_("Lý do dài quá {limit} ký tự."), CORRECT),
    "receipt_missing": (_("Chưa ghi số biên lai."), CORRECT),
    "result_not_ready": (
        _("Kết quả số {number} đang được tạo hoặc đang chờ ký số."),
        _("Hãy tải lại trang sau khi văn bản đã được ký."),
    ),
    "result_not_verified": (
        _("Không có kết quả nào khớp với mã này."),
        _("Hãy kiểm tra lại mã in dưới mã QR. Nếu mã đúng, giấy này có thể không phải do hệ thống cấp."),
    ),
    "result_unknown": (_("Không tìm thấy kết quả này."), ASK_DESK),
    "return_unknown": (
        _("Không có cách nhận kết quả này."),
        _("Hãy chọn nhận trực tuyến, tại quầy hoặc qua bưu chính."),
    ),
    "step_unknown": (_("Quy trình không có bước “{step}”."), OPERATOR),
    "task_done": (_("Việc này đã được đánh dấu là xong."), LOOK_AGAIN),
    "task_unknown": (_("Bước “{step}” không có việc này."), LOOK_AGAIN),
    "tasks_open": (
        _("Còn việc chưa làm xong: {tasks}."),
        _("Hãy đánh dấu từng việc khi đã làm xong, rồi chuyển bước."),
    ),
    "too_many_drafts": (_("Bạn đã có {limit} bản nháp."), _("Hãy nộp hoặc xoá bớt bản nháp cũ.")),
    "too_many_files": (
        _("Mỗi hồ sơ đính kèm tối đa {limit} tệp."),
        _("Hãy gộp các trang của một giấy tờ vào một tệp."),
    ),
    "wrong_step_role": (_("Bước này thuộc vai trò khác ({needed})."), ASK_LEAD),
    "not_received_yet": (
        _("Hồ sơ chưa được tiếp nhận nên chưa có giấy này."),
        _("Hãy chờ bộ phận một cửa tiếp nhận; bạn sẽ được báo ngay khi đó."),
    ),
}
