"""Refusals about people, organisations, agencies and signing in."""

from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.sentences.general import ASK_LEAD, CORRECT, LOOK_AGAIN, Sentence

SENTENCES: dict[str, Sentence] = {
    "absence_ended": (_("Việc thay này đã kết thúc trước đó."), LOOK_AGAIN),
    "absence_of_another": (
        _("Bạn chỉ cử được người thay cho chính mình."),
        _("Người thay cho đồng nghiệp do lãnh đạo hoặc quản trị của cơ quan cử."),
    ),
    "absence_overlaps": (
        _("Người này đã có người thay trong khoảng ngày đó."),
        _("Hãy kết thúc lần thay trước, hoặc chọn ngày khác."),
    ),
    "absence_past": (_("Ngày cuối vắng mặt đã qua."), _("Hãy chọn ngày cuối từ hôm nay trở đi.")),
    "absence_reason_missing": (_("Chưa ghi lý do vắng mặt."), CORRECT),
    "absence_too_long": (_("Một lần vắng mặt dài nhất là một năm."), _("Hãy chọn ngày cuối sớm hơn.")),
    "absence_unknown": (_("Không tìm thấy lần vắng mặt này ở cơ quan của bạn."), LOOK_AGAIN),
    "agency_closed": (
        _("Cơ quan {agency} không hoạt động vào ngày đó."),
        _("Hãy chọn cơ quan đang hoạt động; cơ quan đã sáp nhập được thay bằng cơ quan mới."),
    ),
    "agency_code_malformed": (
        _("Mã cơ quan {text} không đúng dạng."),
        _("Mã có dạng H15, H15.01 hoặc 000.00.01.H15."),
    ),
    "agency_code_taken": (
        _("Mã {agency} đang thuộc về một cơ quan khác."),
        _("Hãy kiểm tra lại mã, hoặc kết thúc mã cũ trước."),
    ),
    "agency_has_plans": (
        _("Cơ quan {agency} đã có thay đổi được định sẵn sau ngày này."),
        _("Hãy chọn ngày sau thay đổi đó."),
    ),
    "agency_level_unknown": (_("Không có cấp cơ quan “{level}”."), CORRECT),
    "agency_merge_below": (
        _("Không thể nhập một cơ quan vào cơ quan trực thuộc chính nó."),
        _("Hãy chọn cơ quan nhận sáp nhập ở ngoài."),
    ),
    "agency_name_missing": (_("Cơ quan chưa có tên."), CORRECT),
    "agency_unknown": (_("Không tìm thấy cơ quan {agency}."), _("Hãy kiểm tra lại mã cơ quan.")),
    "plan_problems": (
        _("Kế hoạch sắp xếp chưa thực hiện được: {problems}."),
        _("Hãy sửa kế hoạch; chưa có gì bị thay đổi."),
    ),
    "plan_unreadable": (_("Tệp kế hoạch không đọc được: {problem}."), _("Hãy sửa chỗ được nêu rồi chạy lại.")),
    "province_unknown": (_("Bảng không có tỉnh mang số {number}."), CORRECT),
    "reorganisation_not_yet": (_("Chưa đến ngày {on}."), _("Đến ngày đó hệ thống tự thực hiện.")),
    "reorganisation_running": (
        _("Một đợt sắp xếp khác đang được thực hiện."),
        _("Hãy đợi đợt đó xong; nếu nó bị ngắt giữa chừng, hệ thống tự làm tiếp."),
    ),
    "reorganisation_unknown": (_("Không có đợt sắp xếp mang mã {key}."), _("Xem các đợt bằng motcua agency list.")),
    "reorganised_again": (
        _("Các cơ quan này đã được sắp xếp thêm lần nữa theo {decisions}."),
        _("Hãy hoàn lại đợt sau trước."),
    ),
    "table_unreadable": (_("Không đọc được bảng {file}."), _("Hãy kiểm tra tệp có đủ các cột không.")),
    "birth_date_future": (_("Ngày sinh không thể ở tương lai."), CORRECT),
    "birth_date_too_early": (_("Ngày sinh quá xa trong quá khứ."), CORRECT),
    "citizen_unknown": (_("Không tìm thấy người này."), _("Hãy kiểm tra lại số định danh cá nhân.")),
    "email_malformed": (_("Địa chỉ thư điện tử không đúng dạng."), _("Địa chỉ có dạng ten@vidu.vn.")),
    "field_unknown": (_("Có mục không thể thay đổi ở đây: {names}."), CORRECT),
    "full_name_missing": (_("Chưa có họ, chữ đệm và tên."), CORRECT),
    "gender_unknown": (_("Giới tính chưa được chọn đúng."), CORRECT),
    "identity_number_birth_date": (
        _("Số định danh cá nhân ghi năm sinh {year}, khác với ngày sinh đã khai."),
        CORRECT,
    ),
    "identity_number_future": (_("Năm sinh trong số định danh cá nhân ở tương lai."), CORRECT),
    "identity_number_gender": (_("Số định danh cá nhân không khớp với giới tính đã khai."), CORRECT),
    "identity_number_length": (_("Số định danh cá nhân có 12 chữ số; bạn đã viết {length}."), CORRECT),
    "identity_number_not_digits": (_("Số định danh cá nhân chỉ gồm chữ số."), CORRECT),
    "identity_number_province": (_("Ba chữ số đầu {province} không phải mã tỉnh, thành phố hoặc quốc gia."), CORRECT),
    "identity_number_taken": (
        _("Số định danh cá nhân này đang đứng tên người khác."),
        _("Nếu đây là số của bạn, hãy mang căn cước đến bộ phận một cửa để được xác minh."),
    ),
    "login_malformed": (
        _("Tên đăng nhập không đúng dạng."),
        _("Tên đăng nhập gồm chữ cái không dấu, chữ số, dấu chấm hoặc gạch nối."),
    ),
    "login_taken": (
        _("Tên đăng nhập này đã có người dùng."),
        _("Hãy chọn tên khác, hoặc đăng nhập nếu tài khoản là của bạn."),
    ),
    "designers_only": (_("Trang này dành cho quản trị hệ thống và lãnh đạo ký duyệt."), ASK_LEAD),
    "leaders_only": (_("Trang này dành cho quản trị hệ thống và lãnh đạo."), ASK_LEAD),
    "no_post": (_("Bạn không giữ vị trí nào tại {agency}."), ASK_LEAD),
    "not_representative": (
        _("Bạn không đại diện cho tổ chức này."),
        _("Hãy nhờ người đại diện theo pháp luật của tổ chức thêm bạn vào."),
    ),
    "not_yours": (_("Đây không phải thông tin của bạn."), _("Bạn chỉ sửa được thông tin của chính mình.")),
    "officer_unknown": (
        _("Không có cán bộ này ở {agency} vào ngày đó. {name}"),
        _("Hãy chọn một người trong danh sách."),
    ),
    "organisation_name_missing": (_("Chưa có tên tổ chức."), CORRECT),
    "password_weak": (
        _("Mật khẩu chưa đủ mạnh."),
        _("Hãy đặt mật khẩu dài từ 8 đến 200 ký tự, không chỉ gồm số và không quá phổ biến."),
    ),
    "password_wrong": (_("Mật khẩu hiện tại không đúng."), CORRECT),
    "period_backwards": (_("Ngày kết thúc đứng trước ngày bắt đầu."), CORRECT),
    "phone_malformed": (
        _("Số điện thoại không đúng dạng."),
        _("Số điện thoại Việt Nam có 10 chữ số, ví dụ 0912 345 678."),
    ),
    "post_ended": (_("Vị trí này đã kết thúc trước đó."), LOOK_AGAIN),
    "post_exists": (_("Người này đã giữ vai trò {role} tại {agency}."), LOOK_AGAIN),
    "profile_invalid": (_("Thông tin cá nhân chưa đúng."), CORRECT),
    "profile_verified": (
        _("Thông tin đã xác minh không sửa được trực tuyến: {fields}."),
        _("Hãy mang giấy tờ tuỳ thân đến bộ phận một cửa."),
    ),
    "role_unknown": (_("Không có vai trò “{role}”."), CORRECT),
    "sign_in_busy": (_("Đang có rất nhiều người đăng nhập."), _("Hãy thử lại sau vài giây.")),
    "sign_in_failed": (
        _("Tên đăng nhập hoặc mật khẩu không đúng."),
        _("Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại."),
    ),
    "sign_in_locked": (
        _("Đăng nhập từ nơi này tạm dừng vì sai quá nhiều lần."),
        _("Hãy thử lại sau {minutes} phút."),
    ),
    "substitute_is_absent": (_("Người vắng mặt không thể tự thay mình."), _("Hãy chọn người khác làm thay.")),
    "substitute_is_away": (
        _("Người được chọn làm thay cũng vắng mặt trong khoảng ngày đó."),
        _("Hãy chọn người khác làm thay, hoặc chọn ngày khác."),
    ),
    "substitute_of_substitute": (
        _("Người vắng mặt đang làm thay cho người khác trong khoảng ngày đó."),
        _("Hãy kết thúc việc thay đó và cử người khác trước."),
    ),
    "tax_code_branch": (
        _("Mã số thuế của đơn vị phụ thuộc không đúng."),
        _("Mã có dạng 10 chữ số, gạch nối, 3 chữ số; 3 chữ số cuối từ 001 đến 999."),
    ),
    "tax_code_check_digit": (_("Chữ số kiểm tra của mã số thuế không khớp."), _("Hãy xem lại từng chữ số.")),
    "tax_code_malformed": (
        _("Mã số thuế không đúng dạng."),
        _("Mã số thuế có 10 chữ số, hoặc 13 chữ số với đơn vị phụ thuộc."),
    ),
    "tax_code_taken": (_("Mã số thuế này đã được đăng ký."), _("Hãy nhờ người đại diện của tổ chức thêm bạn vào.")),
    "text_too_long": (_("Nội dung dài quá {longest} ký tự."), CORRECT),
    "text_unprintable": (_("Nội dung có ký tự không đọc được."), _("Hãy gõ lại thay vì dán từ nơi khác.")),
    "verification_unknown": (_("Không có mức xác minh “{level}”."), CORRECT),
    "officers_only": (
        _("Trang này dành cho cán bộ."),
        _("Hồ sơ của bạn nằm trong tài khoản của bạn. Cán bộ hãy đăng nhập bằng tài khoản cán bộ."),
    ),
    "citizens_only": (
        _("Trang này dành cho người dân và tổ chức."),
        _("Hãy đăng xuất rồi đăng nhập bằng tài khoản công dân của bạn."),
    ),
}
