"""A handful of made-up procedures to search in."""

from typing import Any

from motcua.base.text import slug
from motcua.search.ports import facet
from motcua.search.rules.documents import Document
from motcua.search.rules.words import Lexicon

LEXICON = Lexicon.of(
    {
        "abbreviations": {"gplx": "giấy phép lái xe", "bhyt": "bảo hiểm y tế"},
        "question_words": "tôi muốn làm thủ tục gì cần như thế nào xin hỏi có không được phải",
        "synonyms": [
            {"say": ["lấy vợ", "cưới"], "means": "đăng ký kết hôn"},
            {"say": ["bằng lái"], "means": "giấy phép lái xe"},
        ],
    }
)


def document(code: str, name: str, *, field: str = "", body: str = "", **facets: str) -> Document:
    """A procedure with a name, perhaps a field, a text and facets."""
    found = {facet(kind, value) for kind, value in ({"field": slug(field)} | facets).items() if value}
    return Document(code, name, field, {"name": name, "field": field, "sequence": body}, frozenset(found))


DOCUMENTS = [
    document("1.1", "Thủ tục đăng ký kết hôn", field="Hộ tịch", level="commune", subject="citizen"),
    document("1.2", "Thủ tục đăng ký kết hôn có yếu tố nước ngoài", field="Hộ tịch", level="commune"),
    document("1.3", "Thủ tục đăng ký khai sinh", field="Hộ tịch", body="Cha mẹ nộp giấy chứng sinh", level="commune"),
    document("2.1", "Đổi giấy phép lái xe", field="Đường bộ", level="province", agency="so-xay-dung"),
    document("2.2", "Nhập khẩu thủy sản sống phải đánh giá rủi ro", field="Thủy sản", level="ministry"),
    document("2.3", "Nhập khẩu thủy sản sống không phải đánh giá rủi ro", field="Thủy sản", level="ministry"),
    document("3.1", "Cấp thẻ bảo hiểm y tế", field="Bảo hiểm", level="province", life_event="suc-khoe"),
    document("3.2", "Thủ tục nhận nuôi con nuôi", field="Nuôi con nuôi", level="commune"),
]

RAW: dict[str, Any] = {
    "procedure": "9.000001",
    "name": {"vi": "Đăng ký thử nghiệm", "en": "Trial registration"},
    "in_force": {"from": "2026-01-01"},
}
