"""Refusals about files, the calendar, the catalogue and the machine."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import CORRECT, LOOK_AGAIN, OPERATOR, Sentence

SENTENCES: dict[str, Sentence] = {
    "calendar_bad_hours": (
        _("Giờ làm việc của ngày {day} không đúng."),
        _("Mỗi khoảng có dạng 07:30–11:30, khoảng sau bắt đầu khi khoảng trước đã hết."),
    ),
    "calendar_bad_year": (_("Không có lịch cho năm “{year}”."), _("Hãy viết năm bằng bốn chữ số, ví dụ 2026.")),
    "calendar_day_unknown": (_("Ngày {day} không có trong lịch riêng của cơ quan."), LOOK_AGAIN),
    "calendar_office_missing": (_("Chưa chọn cơ quan cho ngày này."), CORRECT),
    "calendar_reason_missing": (_("Ngày {day} khác lịch chung thì phải ghi lý do."), CORRECT),
    "calendar_unknown_year": (_("Lịch làm việc năm {year} chưa được nạp nên không tính được hạn."), OPERATOR),
    "database_broken": (_("Dữ liệu tại {path} không khởi động được."), _("Hãy xem nhật ký {log}.")),
    "database_unreachable": (_("Không nối được cơ sở dữ liệu tại {where}."), OPERATOR),
    "definition_malformed": (_("Tệp thủ tục không đúng dạng: {why}."), CORRECT),
    "file_empty": (_("Tệp {file} không có nội dung."), _("Hãy chọn lại tệp.")),
    "file_harmful": (
        _("Tệp này chứa mã độc nên không được nhận."),
        _("Hãy quét máy của bạn, rồi chụp hoặc quét lại giấy tờ."),
    ),
    "file_missing": (_("Không tìm thấy tệp {file}."), _("Hãy kiểm tra lại tên và đường dẫn.")),
    "file_too_big": (_("Tệp {file} lớn quá {most_megabytes} MB."), _("Hãy chia tệp thành nhiều phần.")),
    "file_too_large": (_("Tệp lớn quá {limit_mb} MB."), _("Hãy chụp hoặc quét lại với dung lượng nhỏ hơn.")),
    "file_type_refused": (_("Loại tệp này không được nhận."), _("Các loại được nhận: {accepted}.")),
    "file_unknown_format": (
        _("Không nhận ra dạng của tệp {file}."),
        _("Hãy dùng một trong các dạng nêu trong tài liệu nạp thủ tục."),
    ),
    "file_unreadable": (_("Không đọc được tệp {file}: {why}."), _("Hãy kiểm tra lại tệp.")),
    "form_missing": (_("Tệp {file} nhắc đến tờ khai {form} không có."), CORRECT),
    "form_too_big": (_("Tờ khai dài quá {limit} ký tự."), _("Hãy rút gọn, hoặc đính kèm thành tệp.")),
    "scanner_unreachable": (
        _("Chưa kiểm tra được mã độc nên tệp chưa được nhận."),
        _("Hãy thử lại sau ít phút; những gì bạn đã điền vẫn được giữ."),
    ),
    "var_path_too_long": (
        _("Đường dẫn {path} quá dài cho cơ sở dữ liệu."),
        _("Hãy đặt MOTCUA_VAR thành một thư mục có đường dẫn ngắn hơn."),
    ),
    "port_impossible": (_("Không có cổng {port}."), _("Hãy chọn một số từ 1 đến 65535.")),
    "port_in_use": (
        _("Cổng {port} đang được chương trình khác dùng."),
        _("Hãy tắt chương trình đó, hoặc chọn cổng khác."),
    ),
    "web_did_not_start": (
        _("Trang web tại {address} không khởi động được."),
        _("Hãy xem các dòng phía trên để biết lý do."),
    ),
    "search_bad_limit": (_("Số kết quả phải từ 1 đến {most}."), CORRECT),
    "search_nothing_asked": (_("Chưa có câu hỏi."), _("Hãy viết câu hỏi trong dấu ngoặc kép, hoặc dùng --from TỆP.")),
    "search_unreadable_file": (_("Không đọc được tệp câu hỏi {file}: {reason}."), _("Hãy kiểm tra lại tệp.")),
    "body_invalid": (_("Nội dung gửi đến không đúng dạng."), CORRECT),
    "cursor_malformed": (_("Vị trí trang không đọc được."), _("Hãy bắt đầu lại từ trang đầu.")),
    "file_unknown": (_("Không tìm thấy tệp đã tải lên này."), _("Hãy tải tệp lên lần nữa.")),
}
