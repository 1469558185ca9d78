"""Which documents a line names, and when two names are the same document."""

import pytest

from motcua.review.matching import CONTAINED, EXACT, OVERLAP, Results, quality
from motcua.review.names import Document, asked, given


def documents(text: str) -> list[str]:
    return [document.said for document in asked(text).documents]


def paper(text: str) -> Document:
    (found,) = asked(text).documents
    return found


def result(text: str) -> Document:
    (found,) = given(text)
    return found


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("- Bản sao có chứng thực Giấy phép lái xe còn hiệu lực;", ["Giấy phép lái xe"]),
        ("01 bản chính Giấy phép khai thác khoáng sản do Bộ cấp", ["Giấy phép khai thác khoáng sản"]),
        ("Bản sao hoặc bản chính để đối chiếu Giấy khai sinh (nếu có).", ["Giấy khai sinh"]),
        ("Thẻ căn cước/Căn cước điện tử", ["Thẻ căn cước", "Căn cước điện tử"]),
        ("Một trong các giấy tờ sau: Giấy phép xây dựng; quyết định giao đất",
         ["Giấy phép xây dựng", "quyết định giao đất"]),
        ("Đối với tổ chức: Giấy chứng nhận đăng ký doanh nghiệp", ["Giấy chứng nhận đăng ký doanh nghiệp"]),
        ("Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở",
         ["Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở"]),
        # what a person writes is nobody's result, whatever it mentions
        ("Đơn đề nghị cấp Giấy phép lái xe", []),
        ("Tờ khai kèm theo Giấy phép xây dựng", []),
        ("Báo cáo tình hình thực hiện Giấy phép môi trường", []),
        ("Giấy đề nghị đăng ký doanh nghiệp", []),
        ("Văn bản đề nghị theo mẫu", []),
        ("Giấy tờ khác có liên quan", []),
        ("Bản sao", []),
        ("", []),
        # instructions are no papers
        ("Trường hợp mất Giấy phép lái xe thì người lái xe nộp phí", []),
        ("Người tiếp nhận đối chiếu Giấy khai sinh", []),
        # what another country gave is not ours
        ("Giấy phép lái xe do cơ quan có thẩm quyền nước ngoài cấp", []),
        ("Chứng chỉ hành nghề đã được hợp pháp hóa lãnh sự", []),
    ],
)  # fmt: skip
def test_a_line_names_the_documents_that_authorities_issue(line: str, named: list[str]) -> None:
    assert documents(line) == named


def test_alternatives_conjunctions_and_what_is_asked_besides_are_told_apart() -> None:
    either, both = (
        asked("Giấy phép xây dựng hoặc Quyết định giao đất"),
        asked("Giấy phép xây dựng; Quyết định giao đất"),
    )
    besides = asked("Giấy phép xây dựng và bản vẽ hoàn công")
    assert (either.any_of, both.any_of, besides.any_of) == (True, False, False)
    assert (either.others, both.others, besides.others) == (False, False, True)


def test_the_shape_of_a_copy_is_no_alternative() -> None:
    assert not asked("Bản sao hoặc bản chính Giấy phép xây dựng, Quyết định giao đất").any_of


def test_a_line_that_waives_itself_says_so() -> None:
    assert asked("Giấy khai sinh (không phải nộp nếu tra cứu được)").waived
    assert not asked("Giấy khai sinh").waived


@pytest.mark.parametrize("text", ["Văn bản từ chối", "Thông báo trả hồ sơ", "Quyết định không cấp giấy phép", ""])
def test_a_refusal_is_a_result_that_nobody_asks_for(text: str) -> None:
    assert given(text) == ()


def test_a_result_of_two_kinds_gives_both_but_not_its_refusal() -> None:
    found = given("Giấy phép xây dựng hoặc Quyết định gia hạn thuê đất; Văn bản thông báo từ chối")
    assert [document.said for document in found] == ["Giấy phép xây dựng", "Quyết định gia hạn thuê đất"]


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Bản sao GIẤY PHÉP LÁI XE", "Giấy phép lái xe.", EXACT),
        ("Giấy phép lái xe của người đề nghị", "Giấy phép lái xe", CONTAINED),
        ("Giấy phép khai thác khoáng sản rắn", "Giấy phép khai thác khoáng sản", CONTAINED),
        (
            "Giấy phép khai thác khoáng sản",
            "Giấy phép khai thác khoáng sản rắn",
            "",
        ),  # any sort would do, not this one
        ("Giấy chứng nhận an toàn kỹ thuật của tàu cá", "Giấy chứng nhận an toàn kỹ thuật tàu cá", OVERLAP),
        ("Giấy phép vận tải thủy qua biên giới", "Giấy phép vận tải qua biên giới", ""),
        ("Chứng chỉ hành nghề đấu giá viên bậc 2", "Chứng chỉ hành nghề đấu giá viên bậc 3", ""),
        ("Quyết định giao đất", "Giấy phép giao đất", ""),
        ("Giấy phép hoạt động", "Giấy phép hoạt động", ""),  # tells one from no other
        ("Giấy chứng nhận", "Giấy chứng nhận", ""),
        ("Quyết định phê duyệt", "Quyết định phê duyệt", ""),
        ("Văn bản chấp thuận của Ủy ban nhân dân tỉnh", "Văn bản chấp thuận của Ủy ban nhân dân tỉnh", ""),
    ],
)
def test_how_well_two_names_agree(one: str, other: str, how: str) -> None:
    assert quality(paper(one), result(other)) == how


NAMES = (
    "Giấy phép lái xe", "Giấy phép lái xe quốc tế", "Giấy phép khai thác khoáng sản", "Giấy khai sinh",
    "Giấy phép khai thác khoáng sản rắn", "Giấy chứng nhận an toàn kỹ thuật tàu cá", "Giấy phép hoạt động",
    "Giấy chứng nhận an toàn kỹ thuật của tàu cá", "Quyết định giao đất", "Quyết định giao đất rừng sản xuất",
)  # fmt: skip


def test_the_index_finds_what_looking_at_each_finds() -> None:
    all_of_them = [result(name) for name in NAMES]
    results = Results(all_of_them)
    for one in all_of_them:
        expected = {(other.said, how) for other in all_of_them if (how := quality(one, other))}
        assert {(other.said, how) for other, how in results.matches(one)} == expected


def test_the_surest_match_stands_first() -> None:
    results = Results([result(name) for name in NAMES])
    assert [how for _, how in results.matches(paper("Giấy chứng nhận an toàn kỹ thuật của tàu cá"))] == [
        EXACT,
        OVERLAP,
    ]


@pytest.mark.parametrize(
    "attack",
    [
        "bản sao " * 20_000,
        "hoặc " * 20_000,
        "giấy phép, " * 10_000,
        "(" * 50_000 + "Giấy phép lái xe",
        "Giấy phép lái xe (" + "a" * 4_900 + ") của",
        "Giấy phép" + " -" * 50_000,
        "một trong các " * 10_000 + "Giấy phép lái xe",
        "do " * 30_000 + "nước ngoài",
    ],
)
def test_no_long_line_takes_long(attack: str) -> None:
    """What takes time with the square of its length would not come back for minutes."""
    assert len(asked(attack).documents) + len(given(attack)) < 2_000
