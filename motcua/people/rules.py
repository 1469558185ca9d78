"""What numbers, codes and names of people and agencies must look like. Pure: same input, same answer."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import ip_address, ip_network

from motcua.base.errors import Invalid, Refused

# Province codes of the identity number (TT 59/2021/TT-BCA); a card keeps its own through every merger.
PROVINCE_CODES = """
    001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036
    037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075
    077 079 080 082 083 084 086 087 089 091 092 093 094 095 096
"""
PROVINCES = frozenset(PROVINCE_CODES.split())
# From here on the code is the country of a birth registered abroad; it is not checked further.
FIRST_COUNTRY = "100"
TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
MOBILE_OR_LANDLINE = re.compile(r"0(?:[35789][0-9]{8}|2[0-9]{9})")
FOREIGN_PHONE = re.compile(r"\+(?!84)[1-9][0-9]{7,14}")
EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE)
LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{2,63}")
ROOT = re.compile(r"[A-Z][0-9]{2}")
SEGMENT = re.compile(r"[0-9]{2,3}")


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity number taken apart. ``birth_year`` has four digits; ``gender`` is male or female."""

    number: str
    province_code: str
    gender: str
    birth_year: int


def check_identity_number(text: str, *, birth_date: date | None = None, gender: str = "") -> Identity:
    """The number taken apart: 3 digits province or country, 1 gender and century, 2 birth year, 6 random.

    Source: NĐ 137/2015/NĐ-CP Điều 13, TT 59/2021/TT-BCA. Raises `Invalid` ``identity_number_…`` naming what
    is wrong, also when the number contradicts ``birth_date`` or ``gender`` (where given).
    """
    number = compact(text)
    if not re.fullmatch(r"[0-9]*", number):
        raise Invalid("identity_number_not_digits")
    if len(number) != 12:
        raise Invalid("identity_number_length", length=len(number))
    if number[:3] not in PROVINCES and number[:3] < FIRST_COUNTRY:
        raise Invalid("identity_number_province", province=number[:3])
    mark = int(number[3])
    found = Identity(number, number[:3], ("male", "female")[mark % 2], 1900 + 100 * (mark // 2) + int(number[4:6]))
    if birth_date is not None and birth_date.year != found.birth_year:
        raise Invalid("identity_number_birth_date", year=found.birth_year)
    if gender and gender != found.gender:
        raise Invalid("identity_number_gender")
    return found


def check_birth_date(birth_date: date, on: date) -> None:
    """Raise `Invalid` ``birth_date_…`` for a day after ``on`` or before 1900 (no number can hold it)."""
    if birth_date > on:
        raise Invalid("birth_date_future")
    if birth_date.year < 1900:
        raise Invalid("birth_date_too_early")


def check_tax_code(text: str) -> str:
    """The tax code in its one written form: ``0100109106``, branch ``0100109106-001``, or an identity number.

    Ten digits end in a check digit (10 minus the weighted sum modulo 11); households and individuals use
    their identity number since 01/7/2025 (TT 86/2024/TT-BTC). Raises `Invalid` ``tax_code_…`` or
    ``identity_number_…``.
    """
    digits = compact(text).replace("-", "")
    if re.fullmatch(r"[0-9]{12}", digits):
        return check_identity_number(digits).number
    if not re.fullmatch(r"[0-9]{10}(?:[0-9]{3})?", digits):
        raise Invalid("tax_code_malformed")
    if tax_check_digit(digits[:9]) != int(digits[9]):
        raise Invalid("tax_code_check_digit")
    if digits[10:] == "000":
        raise Invalid("tax_code_branch")
    return "-".join(filter(None, (digits[:10], digits[10:])))


def check_owner_number(text: str) -> str:
    """Whose a dossier is, by number: a person's identity number or an organisation's tax code. Raises as these."""
    return check_tax_code(text) if names_organisation(text) else check_identity_number(text).number


def names_organisation(text: str) -> bool:
    """Whether it is written as a tax code of its own; a household's names its owner (TT 86/2024/TT-BTC)."""
    return len(compact(text).replace("-", "")) in {10, 13}


def tax_check_digit(nine: str) -> int:
    """The tenth digit for the first nine; 10 means that no such code is ever issued."""
    return 10 - sum(weight * int(digit) for weight, digit in zip(TAX_WEIGHTS, nine, strict=True)) % 11


def phone(text: str) -> str:
    """A phone number in its one written form: ``0912345678``, ``02438001234``, foreign ``+4930123456``.

    Raises `Invalid` ``phone_malformed``, also for a mobile number of eleven digits as they were before 2018.
    """
    digits = re.sub(r"[().-]", "", compact(text))
    digits = re.sub(r"^00(?=[1-9])", "+", digits)
    digits = re.sub(r"^\+?84(?=[235789][0-9]{8,9}$)", "0", digits)
    if MOBILE_OR_LANDLINE.fullmatch(digits) or FOREIGN_PHONE.fullmatch(digits):
        return digits
    raise Invalid("phone_malformed")


def email(text: str) -> str:
    """The address with its domain in lower case. Raises `Invalid` ``email_malformed``."""
    found = text.strip()
    if len(found) > 254 or not found.isprintable() or not EMAIL.fullmatch(found):
        raise Invalid("email_malformed")
    local, _, domain = found.rpartition("@")
    return f"{local}@{domain.lower()}"


def login_name(text: str) -> str:
    """A login name in its one written form. Raises `Invalid` ``login_malformed``."""
    found = compact(text).lower()
    if not LOGIN.fullmatch(found):
        raise Invalid("login_malformed")
    return found


def agency_code(text: str) -> str:
    """The one form an agency's code is stored and compared in: from the top down, empty levels left out.

    ``H15``, ``000.00.00.H15`` → ``H15``; ``H17.22.28``, ``28.22.H17``, ``000.28.22.H17`` → ``H17.22.28``.
    Source: QĐ 20/2020/QĐ-TTg (top first) and QCVN 102:2016/BTTTT (top last, four places). Raises `Invalid`
    ``agency_code_malformed``.
    """
    parts = compact(text).upper().split(".")
    if not ROOT.fullmatch(parts[0]):
        parts.reverse()
    below = parts[1:]
    if not ROOT.fullmatch(parts[0]) or len(below) > 3 or not all(SEGMENT.fullmatch(part) for part in below):
        raise Invalid("agency_code_malformed", text=text[:40])
    while below and not below[-1].strip("0"):
        below.pop()
    return ".".join([parts[0], *below])


def long_code(text: str) -> str:
    """The four-place form of QCVN 102:2016: ``H15.01`` → ``000.00.01.H15``. Raises as `agency_code`."""
    root, *below = agency_code(text).split(".")
    return ".".join([*reversed([*below, *("00", "00", "000")[len(below) :]]), root])


def compact(text: str) -> str:
    """Without blanks and invisible characters, full-width digits and letters made plain (NFKC)."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return "".join(char for char in plain if unicodedata.category(char) not in ("Cf", "Cc", "Cs"))


@dataclass(frozen=True, slots=True)
class Ration:
    """How many failed tries are given before a wait, and how long it is (docs/decisions/0010-sign-in.md)."""

    tries: int
    wait: timedelta


PAIR = Ration(5, timedelta(minutes=15))  # one login from one address
PAIR_UNDER_ATTACK = Ration(1, timedelta(minutes=15))  # the same while others are guessing at this login
LOGIN_UNDER_ATTACK = Ration(20, timedelta(hours=1))  # past this a login counts as attacked; it is never locked by it
ADDRESS = Ration(300, timedelta(minutes=15))  # one address over all logins it has not signed in to before


def spend(ration: Ration, failures: int, wait_left: timedelta) -> int:
    """The new count when one more try is made. Raises `Refused` ``sign_in_locked`` when none is left.

    ``wait_left`` is what remains of the wait since the last try; at zero or less the count starts anew.
    """
    counted = failures if wait_left > timedelta() else 0
    if counted >= ration.tries:
        raise Refused("sign_in_locked", minutes=max(1, -(-int(wait_left.total_seconds()) // 60)))
    return counted + 1


def is_attacked(failures: int, wait_left: timedelta) -> bool:
    """Whether so many failed at one login, from anywhere, that newcomers to it are given fewer tries."""
    return failures >= LOGIN_UNDER_ATTACK.tries and wait_left > timedelta()


def network(address: str) -> str:
    """What of a network address is counted: IPv4 whole, of IPv6 the /64 that one connection is given."""
    try:
        found = ip_address(address.strip().partition("%")[0])
    except ValueError:
        return "unknown"
    plain = getattr(found, "ipv4_mapped", None) or found
    return str(plain) if plain.version == 4 else str(ip_network((plain, 64), strict=False))
