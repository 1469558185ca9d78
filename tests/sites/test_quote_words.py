"""What a case costs, in words, before anything is filed."""

from motcua.fees.rules import Line, Quote, Unknown
from motcua.sites.frame.paying import quote_rows


def test_every_line_is_told_with_its_reason_and_the_unknown_as_unknown() -> None:
    copies, free = Line("Bản sao", "fee", 8_000, 3), Line("Lệ phí", "charge", 8_000, 1, "Hộ nghèo")
    assert [(row["label"], row["value"]) for row in quote_rows(Quote((copies, free)))] == [
        ("Bản sao", "3 × 8.000\u00a0₫ = 24.000\u00a0₫"),
        ("Lệ phí", "Được miễn: Hộ nghèo"),
        ("Tổng cộng", "24.000\u00a0₫"),
    ]
    unknown = Quote((free,), (Unknown("Phí thẩm định", "fee_unknown"), Unknown("", "cases_differ")))
    assert [(row["label"], row["value"]) for row in quote_rows(unknown)][1:] == [
        ("Phí thẩm định", "Chưa rõ: thủ tục chưa ghi mức thu"),
        ("Mức thu", "Chưa rõ: mức thu khác nhau theo trường hợp, cán bộ tiếp nhận sẽ xác định"),
    ]
    assert quote_rows(Quote()) == [{"label": "Tổng cộng", "value": "Không mất tiền (0 ₫)"}]
