"""Refusals about procedures and their editions."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import CORRECT, LOOK_AGAIN, Sentence

SENTENCES: dict[str, Sentence] = {
    "survey_missing": (
        _("Chưa có báo cáo rà soát nào được tính xong, hoặc báo cáo mới nhất không có mục này."),
        _("Hãy mở trang Rà soát giấy tờ để xem tiến độ hoặc tính lại."),
    ),
    "survey_of_nothing": (
        _("Danh mục chưa có thủ tục nào đang có hiệu lực nên không có gì để rà soát."),
        _("Hãy công bố hoặc nạp thủ tục trước."),
    ),
    "bpmn_incomplete": (
        _("Sơ đồ BPMN thiếu thông tin tại “{name}”: {missing}."),
        _("Hãy bổ sung trong công cụ vẽ rồi nạp lại."),
    ),
    "bpmn_unreadable": (_("Không đọc được tệp BPMN: {reason}."), _("Hãy xuất lại sơ đồ ở dạng BPMN 2.0.")),
    "bpmn_unsupported": (
        _("Sơ đồ BPMN có phần tử không dùng được ở đây: {element} “{name}”."),
        _("Hãy vẽ lại bằng bước công việc, cổng rẽ nhánh loại trừ và luồng nối, rồi nạp lại."),
    ),
    "process_missing": (
        _("Thủ tục {procedure} chưa có quy trình giải quyết."),
        _("Hãy chọn một thủ tục có quy trình, hoặc lập quy trình cho thủ tục này."),
    ),
    "design_answer_days": (_("Hạn bổ sung {days} ngày làm việc không hợp lệ."), CORRECT),
    "design_channel_unknown": (_("Không có cách nộp {channel}."), LOOK_AGAIN),
    "design_list_full": (_("Danh sách đã có {limit} dòng, mức nhiều nhất."), _("Hãy bỏ bớt dòng không cần.")),
    "design_paper_twice": (_("Mã giấy tờ {code} đã có."), CORRECT),
    "design_period": (_("Ngày hết hiệu lực {ends} không đứng sau ngày bắt đầu {begins}."), CORRECT),
    "design_place_unknown": (_("Không có dòng thứ {place}."), LOOK_AGAIN),
    "design_time": (_("“{time}” không phải giờ trong ngày."), _("Hãy viết giờ:phút, ví dụ 15:00.")),
    "edition_file_big": (_("Tệp dài hơn {limit} MB."), _("Một phiên bản không dài như thế: hãy xem lại tệp.")),
    "edition_file_empty": (_("Tệp không có nội dung."), _("Hãy chọn lại tệp.")),
    "edition_file_unreadable": (
        _("Không đọc được tệp: {why}."),
        _("Hãy xuất lại tệp từ một phiên bản, hoặc sửa dòng được chỉ ra."),
    ),
    "design_bounds": (_("Số nhỏ nhất {least} lớn hơn số lớn nhất {most}."), CORRECT),
    "design_condition_later": (
        _("Điều kiện nói đến “{name}”, câu hỏi không đứng trước câu này."),
        _("Hãy chọn một câu hỏi đứng trước, hoặc chuyển câu này xuống dưới."),
    ),
    "design_field_malformed": (
        _("“{name}” không dùng làm tên kỹ thuật được."),
        _("Chỉ dùng chữ thường không dấu, số và gạch dưới, bắt đầu bằng chữ, tối đa 60 ký tự."),
    ),
    "design_field_needed": (
        _("Chưa bỏ được câu hỏi “{name}”: điều kiện của {others} đang dùng nó."),
        _("Hãy sửa các điều kiện đó trước."),
    ),
    "design_field_twice": (_("Tên kỹ thuật {name} đã có ở câu hỏi “{title}”."), _("Hãy đặt tên khác.")),
    "design_field_unknown": (_("Tờ khai không có câu hỏi {name}."), LOOK_AGAIN),
    "design_form_missing": (_("Phiên bản này chưa có tờ khai riêng."), _("Hãy bắt đầu một tờ khai trước.")),
    "design_formula_kind": (
        _("Loại câu hỏi này không tính bằng công thức được."),
        _("Hãy dùng chữ, số, số tiền, ngày hoặc Có/Không."),
    ),
    "design_group_plain": (
        _("Câu hỏi trong nhóm lặp lại không có điều kiện, điền sẵn, công thức hay nhóm con."),
        _("Hãy đặt câu hỏi đó ngoài nhóm."),
    ),
    "design_kind_unknown": (_("Không có loại câu hỏi này."), LOOK_AGAIN),
    "design_option_twice": (_("Lựa chọn đứng hai lần: {options}."), CORRECT),
    "design_options_many": (
        _("Danh sách có {many} lựa chọn; cần từ 1 đến {limit}."),
        _("Danh sách dài hơn nên là câu hỏi trả lời bằng chữ."),
    ),
    "design_section_full": (
        _("Phần “{section}” còn {many} câu hỏi."),
        _("Hãy chuyển hoặc bỏ các câu hỏi đó trước."),
    ),
    "design_section_malformed": (_("Mã phần {code} không dùng được."), CORRECT),
    "design_section_twice": (_("Mã phần {code} đã có."), CORRECT),
    "design_section_unknown": (_("Tờ khai không có phần {code}."), LOOK_AGAIN),
    "design_title_missing": (_("Chưa có tên."), CORRECT),
    "design_too_many": (_("Tờ khai đã có {limit} câu hỏi, mức nhiều nhất."), _("Hãy bỏ bớt câu hỏi không cần.")),
    "form_field_unknown": (
        _("Tờ khai không có mục: {names}. Không có gì được lưu."),
        _("Hãy tải lại trang và gửi lại từ chính trang đó."),
    ),
    "edition_not_in_force": (
        _("Thủ tục {procedure} không có phiên bản hiệu lực vào ngày {on}."),
        _("Hãy xem trang thủ tục để biết phiên bản đang áp dụng."),
    ),
    "edition_overlaps": (
        _("Thủ tục {procedure} đã có phiên bản khác hiệu lực từ {begins}."),
        _("Hãy chọn ngày hiệu lực khác, hoặc kết thúc phiên bản kia trước."),
    ),
    "edition_breaks_run": (
        _("Phiên bản này không đi đúng đường của bài kiểm thử “{run}”: dừng ở bước {step}."),
        _("Hãy sửa quy trình ở bước đó, hoặc cho nghỉ bài kiểm thử này kèm lý do trong mục Kiểm thử."),
    ),
    "run_name_missing": (_("Chưa đặt tên cho bài kiểm thử."), CORRECT),
    "run_name_taken": (_("Thủ tục này đã có bài kiểm thử tên “{run}”."), _("Hãy đặt tên khác.")),
    "run_not_finished": (
        _("Hồ sơ {code} chưa trả kết quả."),
        _("Hãy chọn một hồ sơ đã trả kết quả của thủ tục này."),
    ),
    "run_unknown": (_("Không có bài kiểm thử này, hoặc đã cho nghỉ."), LOOK_AGAIN),
    "step_code_taken": (_("Mã “{step}” đã dùng cho bước khác hoặc có nghĩa riêng."), _("Hãy chọn mã khác.")),
    "step_led_to": (
        _("Chưa xoá được bước “{step}”: còn nút của các bước {steps} dẫn đến."),
        _("Hãy chọn bước mà các nút đó dẫn đến thay thế."),
    ),
    "steps_too_many": (
        _("Một quy trình có nhiều nhất {limit} bước."),
        _("Hãy gộp các bước nhỏ thành việc của một bước."),
    ),
    "paper_place_unknown": (
        _("Chưa gửi duyệt được: không có kết quả hay cơ sở dữ liệu nào mang mã {places}."),
        _("Hãy sửa ô “Nhà nước đã có ở” của giấy tờ, hoặc công bố thủ tục cho kết quả đó trước."),
    ),
    "edition_problems": (_("Phiên bản của thủ tục {procedure} chưa công bố được: {problems}."), CORRECT),
    "edition_changed_meanwhile": (
        _("{who} vừa sửa bản nháp này lúc {when}, sau khi bạn mở trang."),
        _("Nội dung bạn gõ vẫn còn trên trang này. Hãy mở bản mới nhất ở thẻ khác, đối chiếu rồi nhập lại."),
    ),
    "edition_gone": (_("Bản nháp này đã bị bỏ."), _("Hãy xem danh sách phiên bản của thủ tục.")),
    "edition_unstorable": (_("Chưa ghi được bản nháp: {problems}."), CORRECT),
    "edition_wrong_state": (
        _("Phiên bản này không còn ở trạng thái cho phép làm việc đó."),
        _("Bản đang duyệt phải được trả lại trước khi sửa; bản đã công bố không sửa được, hãy lập phiên bản mới."),
    ),
    "review_reason_missing": (
        _("Chưa ghi lý do trả lại."),
        _("Người soạn sẽ đọc lý do này: hãy ghi rõ cần sửa gì, ở phần nào."),
    ),
    "procedure_exists": (
        _("Mã {procedure} đã có trong danh mục: {name}."),
        _("Hãy mở thủ tục đó rồi lập phiên bản mới, hoặc dùng mã khác."),
    ),
    "edition_unknown": (_("Không tìm thấy phiên bản này của thủ tục."), LOOK_AGAIN),
    "procedure_unknown": (
        _("Không có thủ tục mang mã {procedure}."),
        _("Hãy kiểm tra lại mã, hoặc tìm thủ tục từ trang chủ."),
    ),
    "until_before_start": (_("Ngày hết hiệu lực đứng trước ngày bắt đầu {begins} của thủ tục {procedure}."), CORRECT),
    "procedure_information_only": (
        _("Thủ tục {procedure} hiện chỉ được công bố để tra cứu, chưa nhận hồ sơ ở đây."),
        _("Hãy xem trang thủ tục để biết nơi nộp."),
    ),
    "channel_not_offered": (
        _("Thủ tục {procedure} không nhận hồ sơ theo cách này."),
        _("Hãy chọn một cách nộp có trên trang thủ tục."),
    ),
}
