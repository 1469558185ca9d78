"""The words by which lines of dossiers and results are read: tables only. Folded, but where marks tell words apart."""

import re


def either(*choices: str) -> str:
    """A pattern that takes any of these, none captured."""
    return "(?:" + "|".join(choices) + ")"


# Kinds of documents that authorities issue. "Văn bản", "thông báo" and "số" say too little by themselves.
ISSUED = either(
    r"giay (?:chung nhan|phep|xac nhan|dang ky(?! su dung)|khai sinh|chung tu|bao tu|chap thuan|cong nhan|ghi nhan)",
    r"giay (?:thong hanh|mien thi thuc|chung minh|cho phep)", r"quyet dinh", r"chung chi", r"chung nhan",
    r"chung thu(?! thuc)", r"trich luc", r"ho chieu", r"thi thuc", r"ket luan", r"ma so thue", r"thu phe duyet",
    r"phieu (?:ly lich tu phap|kiem soat|xac nhan)", r"bang (?:cong nhan|bao ho|thuyen truong)",
    r"the (?!hien|chap|loai|theo|nao)", r"thong bao (?:ket qua tham dinh|chap thuan|cap ma|ma so)",
    r"van ban (?:chap thuan|xac nhan|cho phep|phe duyet|tham dinh|cong nhan|dong y|thoa thuan|thong bao ket qua)",
    r"can cuoc(?: cong dan| dien tu)?", r"cccd", r"cmnd", r"chung minh nhan dan",
    r"so (?:ho khau|tam tru|dinh danh ca nhan|bao hiem xa hoi|bhxh)",
)  # fmt: skip
BY_THEMSELVES = frozenset({"giay khai sinh", "giay chung tu", "giay bao tu", "phieu ly lich tu phap"})
# In front of a document: in what shape it is brought, or that one of a list will do.
SHAPE = either(
    r"sao", r"chinh", r"goc", r"chup",
    r"photo\w*", r"copy", r"scan", r"dien tu", r"ban", r"bo", r"co", r"chung thuc", r"cong chung", r"hop le",
    r"hop phap", r"con", r"hieu luc", r"y", r"kem", r"theo", r"de", r"doi chieu", r"xuat trinh", r"nop", r"duoc", r"cap",
    r"tu", r"so", r"hoac", r"va", r"cac", r"mot", r"trong", r"nhung", r"loai", r"giay to", r"tai lieu", r"sau day",
    r"sau", r"gom", r"dong dau", r"mau", r"ky so", r"tep", r"tin", r"anh", r"thong tin ve", r"[a-e]", r"[ivx]+",
)  # fmt: skip
OPEN = re.compile(rf"[^a-z]*+(?:{SHAPE}[^a-z]++)*?(?P<head>{ISSUED})\b")
SPLIT = re.compile(rf"(?:[;:,/+]|\bhoac\b|\bva\b|\s-\s)[^a-z]*+(?=(?:{SHAPE}[^a-z]++)*?{ISSUED}\b)(?!(?:hoac|va)\b)")
ONLY_SHAPE = re.compile(rf"\b{SHAPE}\b")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
SENTENCE = re.compile(r"\.\s+(?=[A-ZĐÂÊÔƯĂÁÀẢÃẠÓÒÍÚÝ])")
# Where the name of a document ends and words about it begin; with marks ("do" by, "độ" degree, "đồ" drawing).
END_WORDS = either(
    r"theo(?! dõi)", r"do", r"còn (?:hiệu|giá|thời)", r"đối với", r"(?:trong )?trường hợp", r"nếu", r"đã (?:được )?cấp",
    r"(?:đã )?được (?:cấp|cơ quan|ban hành)", r"kèm", r"ban hành", r"mẫu", r"số \d", r"ngày", r"tại", r"khi",
    r"hợp (?:lệ|pháp)", r"phù hợp", r"liên quan", r"trước", r"sau", r"để", r"trong đó", r"bao gồm", r"bằng", r"trừ",
    r"có (?:xác nhận|chứng thực|công chứng|giá trị|liên quan|hiệu lực|thời hạn)", r"mà", r"là", r"như",
    r"vào", r"với(?! đất)",
    r"không", r"thuộc", r"đang", r"đồng thời", r"của (?:cơ quan|cấp) (?:nhà nước )?có",
    r"[Hh]oặc (?:các|giấy|tài liệu|văn bản|thông báo|công văn|bản|hợp đồng|xác nhận)",
)  # fmt: skip
END = re.compile(
    either(
        rf"(?<![\s,.;:+-])[\s,.;:+-]+{END_WORDS}\b.*",
        r";.*",
        r"(?:,| và)\s(?:giấy|các|tài liệu|bản|hợp đồng|hóa đơn|sổ|cam kết)\b.*",
        r"(?:\s(?:và|hoặc|đối với))?(?<![\s,.;:+\-“”\"])[\s,.;:+\-“”\"]+$",
        r"\s(?:và|hoặc)$",
    ),
    re.S,
)
FOREIGN = re.compile(
    either(
        r"nuoc ngoai cap", r"phap luat (?:cua )?nuoc", r"cua nuoc(?! cong hoa)", r"nuoc so tai",
        r"nuoc (?:xuat|nhap) khau", r"do .{0,60}nuoc ngoai", r"nguoi nuoc ngoai", r"hop phap hoa lanh su",
        r"quoc tich nuoc ngoai",
    )
)  # fmt: skip
REFUSED = re.compile(
    r"tu choi|khong (?:cap|chap|du|dong|duoc|thuoc|dap|phe|cong|giai|co)|neu ro|bo sung ho so|yeu cau bo sung|dinh chi"
)
OTHERWISE = re.compile(r"[;.]|\bhoac (?:van ban|thong bao|cong van)\b")
TOLD = re.compile(r"\bthi (?:nguoi|co quan|ho so|viec|to chuc|khong|chi|phai|cac)\b|co trach nhiem|nguoi tiep nhan")
CONDITION = re.compile(r"^[^a-z]*(?:truong hop|doi voi|neu|khi|luu y|nguoi|ca nhan|co quan)\b")
WAIVED = re.compile(
    r"da (?:co|duoc) (?:trong|tren|luu|khai|ket noi|tich hop)[^.;]{0,40}(?:co so du lieu|csdl|he thong)"
    r"|chua (?:duoc )?(?:tich hop|ket noi|co trong)|khong (?:phai|yeu cau) (?:nop|xuat trinh|tai len|cung cap)"
    r"|khong khai thac duoc|thay the bang du lieu"
)
HAD = re.compile(r"\bda (?:duoc )?cap\b|\bban (?:sao|goc|chup|chinh)\b|\bbi (?:mat|hong|rach|sai|hu hong)\b|\bcu\b")
BESIDES = re.compile(
    r"(?:[,;]| va) (?:kem |theo |ban sao |cac )*(?:giay|hop dong|ban|bao cao|tai lieu|so do|danh sach|hoa don|to khai"
    r"|don|cam ket|ho so|phuong an|anh|van ban|so thuyen)\b"
)
# What does not tell one document from another: acts of an office, and words that join.
COMMON = re.compile(
    r"\b"
    + either(
        r"phe duyet", r"chap thuan", r"cong nhan", r"thanh lap", r"dieu chinh", r"bo sung", r"thu hoi", r"hanh chinh",
        r"cho phep", r"giai quyet", r"xac nhan", r"cap phep", r"dang ky", r"hoat dong", r"du an", r"kinh doanh",
        r"gia han", r"cap lai", r"cap doi", r"cap moi", r"bo nhiem", r"ket qua", r"tham dinh", r"ho so", r"to chuc",
        r"ca nhan", r"co quan", r"noi dung", r"thay doi", r"quyet dinh", r"giay phep", r"chung nhan", r"du dieu kien",
        r"dieu kien", r"thuc hien", r"phap nhan", r"phap ly", r"nha nuoc", r"lan dau", r"cong trinh", r"tuong ung",
        r"chuyen nganh", r"chuyen mon", r"tham quyen", r"cap", r"va", r"cua", r"cho", r"cac", r"hoac", r"ve", r"viec",
        r"trong", r"voi", r"nay", r"do", r"da", r"duoc", r"co",
    )
    + r"\b"
)  # fmt: skip
