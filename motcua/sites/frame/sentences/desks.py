"""What is refused at the desk beside the moves of a dossier: many at once, saved lists, notes, sheets."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import CORRECT, LOOK_AGAIN, Sentence

SENTENCES: dict[str, Sentence] = {
    "none_chosen": (_("Chưa chọn hồ sơ nào."), _("Hãy đánh dấu các hồ sơ cần làm trong danh sách rồi bấm lại.")),
    "too_many_chosen": (
        _("Đã chọn {chosen} hồ sơ, mỗi lần làm được tối đa {limit}."),
        _("Hãy chia thành nhiều lần."),
    ),
    "not_looked_at": (
        _("Hồ sơ chưa xem: hôm nay bạn chưa mở hồ sơ này."),
        _("Hãy mở hồ sơ, xem nội dung rồi ký cùng lượt hoặc ký ngay tại trang của hồ sơ."),
    ),
    "list_too_long": (
        _("Danh sách có {lines} hồ sơ, mỗi tệp chứa tối đa {limit}."),
        _("Hãy lọc bớt, ví dụ theo trạng thái hoặc thủ tục, rồi tải lại."),
    ),
    "view_name_missing": (
        _("Danh sách cần có tên, tối đa {limit} ký tự."),
        _("Hãy đặt một tên ngắn, ví dụ: Khai sinh sắp đến hạn."),
    ),
    "view_too_long": (
        _("Điều kiện lọc quá dài nên không lưu được."),
        _("Hãy bỏ bớt chữ trong ô tìm rồi lưu lại."),
    ),
    "too_many_views": (
        _("Đã có {limit} danh sách được lưu, không lưu thêm được."),
        _("Hãy bỏ một danh sách không dùng nữa rồi lưu lại."),
    ),
    "view_exists": (_("Bạn đã có danh sách tên “{name}”."), _("Hãy chọn một tên khác.")),
    "view_unknown": (_("Danh sách này không còn."), LOOK_AGAIN),
    "view_of_other": (
        _("Danh sách này do đồng nghiệp lưu và chia sẻ."),
        _("Chỉ người đã lưu mới đổi tên hoặc bỏ được. Bạn có thể lưu một danh sách riêng."),
    ),
    "sheet_unreadable": (
        _("Tệp không đọc được như một bảng Excel (.xlsx)."),
        _("Hãy mở tệp bằng chương trình bảng tính, lưu lại dạng .xlsx, không đặt mật khẩu, rồi gửi lại."),
    ),
    "sheet_too_big": (
        _("Nội dung tệp sau khi giải nén lớn hơn {limit_mb} MB."),
        _("Hãy bỏ hình ảnh và trang tính thừa, hoặc chia thành nhiều tệp."),
    ),
    "sheet_too_long": (
        _("Bảng có quá {limit} dòng."),
        _("Hãy xoá các dòng trống ở cuối, hoặc chia thành nhiều tệp."),
    ),
    "sheet_empty": (
        _("Bảng chưa có dòng hồ sơ nào."),
        _("Hãy điền mỗi hồ sơ một dòng, bên dưới dòng tiêu đề, rồi gửi lại."),
    ),
    "sheet_columns_unknown": (
        _("Bảng có cột không thuộc thủ tục này: {columns}."),
        _("Hãy kiểm tra đã chọn đúng thủ tục và đúng tệp, hoặc tải mẫu mới. Cột thừa thì xoá đi."),
    ),
    "sheet_columns_missing": (
        _("Bảng thiếu cột bắt buộc: {columns}."),
        _("Hãy kiểm tra đã chọn đúng thủ tục và đúng tệp, hoặc chép dữ liệu sang mẫu mới."),
    ),
    "sheet_columns_twice": (_("Bảng có cột trùng nhau: {columns}."), _("Hãy giữ lại một cột rồi gửi lại.")),
    "cell_formula": (
        _("Ô chứa công thức."),
        _("Hãy thay bằng giá trị: sao chép ô rồi dán đặc biệt, chọn Giá trị."),
    ),
    "cell_error": (_("Ô đang báo lỗi của bảng tính."), _("Hãy gõ lại nội dung của ô.")),
    "cell_merged": (_("Ô bị gộp với ô khác."), _("Hãy bỏ gộp ô, mỗi hồ sơ một dòng riêng.")),
    "cell_number_cut": (
        _("Số quá dài: bảng tính chỉ giữ 15 chữ số đầu."),
        _("Hãy định dạng ô là Văn bản rồi gõ lại."),
    ),
    "cell_without_column": (_("Có nội dung nằm ngoài các cột của mẫu."), _("Hãy xoá hoặc chuyển vào đúng cột.")),
    "sheet_papers_unknown": (
        _("Thủ tục này không có giấy tờ: {papers}."),
        _("Hãy ghi đúng tên như trong thành phần hồ sơ, cách nhau bằng dấu chấm phẩy."),
    ),
    "sheet_unknown": (_("Không có lượt nhập này."), LOOK_AGAIN),
    "note_missing": (_("Ghi chú chưa có nội dung."), CORRECT),
    "note_too_long": (_("Ghi chú dài quá {limit} ký tự."), CORRECT),
    "too_many_notes": (
        _("Hồ sơ này đã có {limit} ghi chú."),
        _("Hãy bỏ bớt ghi chú cũ của bạn, hoặc ghi vào phần chuyển bước."),
    ),
    "note_unknown": (_("Ghi chú này không còn."), LOOK_AGAIN),
    "note_of_other": (_("Ghi chú này do đồng nghiệp viết."), _("Chỉ người viết mới bỏ được ghi chú.")),
}
