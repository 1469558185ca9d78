"""Numbers, codes and names: what is accepted, in which written form, and what is refused for which reason."""

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.errors import Invalid, Refused
from motcua.people import rules
from tests.real_data import real_data


def refusal(call: object, *arguments: object, **named: object) -> str:
    """The code of the refusal that the call raises."""
    with pytest.raises(Refused) as raised:
        call(*arguments, **named)  # type: ignore[operator]
    return raised.value.code


@pytest.mark.parametrize(
    ("number", "province", "gender", "year"),
    [
        ("001190123456", "001", "female", 1990),
        ("079085000001", "079", "male", 1985),
        ("096305999999", "096", "female", 2005),
        ("038200000007", "038", "male", 2000),
        ("001400000001", "001", "male", 2100),
        ("117199000001", "117", "female", 1999),
    ],
)
def test_an_identity_number_tells_province_gender_and_birth_year(
    number: str, province: str, gender: str, year: int
) -> None:
    assert rules.check_identity_number(number) == rules.Identity(number, province, gender, year)


@pytest.mark.parametrize("typed", ["001 190 123 456", " 001190123456\u200b", "\uff10\uff10\uff11190123456"])
def test_blanks_invisible_and_full_width_characters_do_not_matter(typed: str) -> None:
    assert rules.check_identity_number(typed).number == "001190123456"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("", "identity_number_length"),
        ("00119012345", "identity_number_length"),
        ("0011901234567", "identity_number_length"),
        ("001I90123456", "identity_number_not_digits"),
        ("٠٠١١٩٠١٢٣٤٥٦", "identity_number_not_digits"),
        ("000190123456", "identity_number_province"),
        ("003190123456", "identity_number_province"),
        ("097190123456", "identity_number_province"),
    ],
)
def test_a_wrong_identity_number_is_refused_with_what_is_wrong(number: str, code: str) -> None:
    assert refusal(rules.check_identity_number, number) == code


def test_a_number_that_contradicts_birth_date_or_gender_is_refused() -> None:
    number = "001190123456"
    assert rules.check_identity_number(number, birth_date=date(1990, 12, 31), gender="female").birth_year == 1990
    wrong_year = refusal(rules.check_identity_number, number, birth_date=date(1991, 1, 1))
    assert wrong_year == "identity_number_birth_date"
    assert refusal(rules.check_identity_number, number, gender="male") == "identity_number_gender"


def test_there_are_sixty_three_provinces_in_the_numbers() -> None:
    assert len(rules.PROVINCES) == 63


def test_a_birth_date_lies_between_1900_and_the_day() -> None:
    day = date(2026, 11, 10)
    rules.check_birth_date(day, day)
    rules.check_birth_date(date(1900, 1, 1), day)
    assert refusal(rules.check_birth_date, day + timedelta(days=1), day) == "birth_date_future"
    assert refusal(rules.check_birth_date, date(1899, 12, 31), day) == "birth_date_too_early"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("0100109106", "0100109106"),
        ("0100109106001", "0100109106-001"),
        ("0100109106-017", "0100109106-017"),
        (" 0100 109 106 ", "0100109106"),
        ("001190123456", "001190123456"),
    ],
)
def test_a_tax_code_has_one_written_form(typed: str, written: str) -> None:
    assert rules.check_tax_code(typed) == written


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "tax_code_malformed"),
        ("010010910", "tax_code_malformed"),
        ("0030109106-01", "identity_number_province"),  # twelve digits are read as a person's number
        ("01001O9106", "tax_code_malformed"),
        ("0100109107", "tax_code_check_digit"),
        ("0100109106-000", "tax_code_branch"),
    ],
)
def test_a_wrong_tax_code_is_refused(typed: str, code: str) -> None:
    assert refusal(rules.check_tax_code, typed) == code


@given(st.from_regex(r"[0-9]{9}", fullmatch=True), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_never_passes_the_check_digit(nine: str, place: int, off: int) -> None:
    wrong = nine[:place] + str((int(nine[place]) + off) % 10) + nine[place + 1 :]
    assert rules.tax_check_digit(nine) != rules.tax_check_digit(wrong)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("0912 345 678", "0912345678"),
        ("+84912345678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0084 912.345.678", "0912345678"),
        ("(024) 3800-1234", "02438001234"),
        ("+84 24 3800 1234", "02438001234"),
        ("+49 30 1234567", "+49301234567"),
    ],
)
def test_a_phone_number_has_one_written_form(typed: str, written: str) -> None:
    assert rules.phone(typed) == written


@pytest.mark.parametrize(
    "typed", ["", "0912", "01682345678", "0112345678", "+8491234567", "hotline", "++84912345678"]
)
def test_what_is_no_phone_number_is_refused(typed: str) -> None:
    assert refusal(rules.phone, typed) == "phone_malformed"


def test_an_email_keeps_its_name_and_lowers_its_domain() -> None:
    assert rules.email(" Lan.Nguyen@Example.VN ") == "Lan.Nguyen@example.vn"
    for wrong in ("", "lan", "lan@", "@example.vn", "lan@localhost", "a b@example.vn", "x" * 250 + "@ex.vn"):
        assert refusal(rules.email, wrong) == "email_malformed"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("H15", "H15"),
        ("000.00.00.H15", "H15"),
        ("000.00.00.H37", "H37"),
        ("h15 ", "H15"),
        ("H15.01", "H15.01"),
        ("000.00.01.H15", "H15.01"),
        ("01.H15", "H15.01"),
        ("28.22.H17", "H17.22.28"),
        ("H17.22.28", "H17.22.28"),
        ("000.28.22.H17", "H17.22.28"),
        ("H01.101", "H01.101"),
        ("005.00.22.H17", "H17.22.00.005"),
    ],
)
def test_both_forms_of_an_agency_code_are_one(typed: str, stored: str) -> None:
    assert rules.agency_code(typed) == stored


@pytest.mark.parametrize(
    "typed", ["", "15", "HH15", "H1", "H15.", "H15.1", "H15.H17", "H15.1234", "1.2.3.4.H15", "H15;01"]
)
def test_what_is_no_agency_code_is_refused(typed: str) -> None:
    assert refusal(rules.agency_code, typed) == "agency_code_malformed"


segment = st.from_regex(r"[0-9]{2,3}", fullmatch=True)


@given(st.from_regex(r"[A-Z][0-9]{2}", fullmatch=True), st.lists(segment, max_size=3))
def test_the_long_form_means_the_same_as_the_short(root: str, below: list[str]) -> None:
    code = rules.agency_code(".".join([root, *below]))
    assert rules.agency_code(rules.long_code(code)) == code
    assert rules.agency_code(code) == code
    assert len(rules.long_code(code).split(".")) == 4


@pytest.mark.real_data
def test_the_165_real_codes_stay_165_and_h37_is_among_them() -> None:
    found = []
    for file in sorted(real_data("agency_codes").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            found += [row["code"] for row in csv.DictReader(rows)]
    stored = {rules.agency_code(code) for code in found}
    assert (len(found), len(stored)) == (165, 165)
    assert {"H37", "H21.26", "H01.202"} <= stored
    assert all(rules.agency_code(rules.long_code(code)) == code for code in stored)


def test_an_address_is_counted_by_what_one_person_is_given() -> None:
    assert rules.network("203.0.113.7") == "203.0.113.7"
    assert rules.network("::ffff:203.0.113.7") == "203.0.113.7"
    assert rules.network("2001:db8:1:2:aaaa::1") == rules.network("2001:db8:1:2:bbbb::9") == "2001:db8:1:2::/64"
    assert rules.network("fe80::1%eth0") == "fe80::/64"
    assert rules.network("not an address") == "unknown"


def test_a_ration_is_spent_and_comes_back_after_the_wait() -> None:
    minute = timedelta(minutes=1)
    assert [rules.spend(rules.PAIR, count, minute) for count in range(5)] == [1, 2, 3, 4, 5]
    with pytest.raises(Refused) as raised:
        rules.spend(rules.PAIR, 5, timedelta(seconds=61))
    assert (raised.value.code, raised.value.details) == ("sign_in_locked", {"minutes": 2})
    assert rules.spend(rules.PAIR, 5, timedelta()) == 1


def test_a_login_name_is_lower_case_without_blanks() -> None:
    assert rules.login_name(" Me.Lan ") == "me.lan"
    for wrong in ("", "ab", "lan!", "x" * 65, "làn"):
        with pytest.raises(Invalid, match="login_malformed"):
            rules.login_name(wrong)
