"""The closed lists of this part, each value with the words a person reads."""

# Levels of an agency. A centre (NĐ 118/2025/NĐ-CP) receives for the others.
LEVELS = {
    "ministry": "Bộ, cơ quan ngang bộ",
    "province": "Ủy ban nhân dân cấp tỉnh",
    "department": "Sở, ban, ngành cấp tỉnh",
    "commune": "Ủy ban nhân dân cấp xã",
    "centre": "Trung tâm Phục vụ hành chính công",
}

# Roles an officer may hold at an agency. The first four are those that the steps of a process name.
ROLES = {
    "reception": "Tiếp nhận và trả kết quả",
    "clerk": "Chuyên viên thụ lý",
    "head": "Lãnh đạo phòng",
    "approver": "Lãnh đạo ký duyệt",
    "administrator": "Quản trị hệ thống",
}

GENDERS = {"male": "Nam", "female": "Nữ"}

# How far the State has checked that a citizen is who he or she claims to be.
DECLARED, CARD_SEEN, ELECTRONIC = 0, 1, 2
VERIFICATIONS = {
    DECLARED: "Tự khai",
    CARD_SEEN: "Đã đối chiếu giấy tờ tại Bộ phận Một cửa",
    ELECTRONIC: "Đã xác thực định danh điện tử mức độ 2",
}
