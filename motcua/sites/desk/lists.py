"""What a worklist is asked for in the address: its filters, its page, and the dossier that a scanner read."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from django.http import QueryDict

from motcua.base.numbering import CODE
from motcua.base.text import clean
from motcua.desks.queries import in_group
from motcua.dossiers.queries import NOBODY, Filters
from motcua.dossiers.states import State
from motcua.sites.desk import words
from motcua.sites.desk.asking import id_in

KEY = re.compile(r"[0-9T:.+-]{0,40}~[0-9a-f-]{36}")
NAMES = {
    "trang-thai": "state",
    "thu-tuc": "procedure",
    "vai-tro": "role",
    "han": "due",
    "can-bo": "officer",
    "nhom": "among",
    "q": "text",
}
ALL = "tat-ca"
NO_OFFICER = "chua-giao"
LONGEST = 300  # an address in a QR code is longer than anything typed


@dataclass(frozen=True)
class Listed:
    """A worklist as asked: ``given`` are its filters by their names in the address, empty ones with them."""

    given: dict[str, str]
    everything: bool
    after: str

    @property
    def filters(self) -> Filters:
        """The filters as the query knows them."""
        known = {NAMES[name]: value for name, value in self.given.items()}
        known["text"] = known["text"][:100]
        known["officer"] = NOBODY if known["officer"] == NO_OFFICER else known["officer"]
        known["among"] = in_group(known["among"]) if known["among"] else None  # type: ignore[assignment]
        return Filters(**known, after=self.after, own=not self.everything)  # type: ignore[arg-type]

    @property
    def kept(self) -> dict[str, str]:
        """What the address of this list says, without the page."""
        set_ones = {name: value for name, value in self.given.items() if value}
        return set_ones | ({"viec": ALL} if self.everything else {})

    @property
    def query(self) -> str:
        """The same as it stands in the address."""
        return urlencode(sorted(self.kept.items()))

    @property
    def scanned(self) -> str:
        """The one dossier that is meant: its whole code, typed or read out of the QR code of a form; empty: none."""
        return code_in(self.given["q"])


def listed(asked: QueryDict) -> Listed:
    """The list that an address asks for; what is not on offer filters nothing."""
    given = {name: clean(asked.get(name, "").replace("\x00", ""))[:LONGEST] for name in NAMES}
    for name, known in (("trang-thai", set(State)), ("vai-tro", set(words.ROLES)), ("han", set(words.DUE))):
        given[name] = given[name] if given[name] in known else ""
    given["can-bo"] = given["can-bo"] if given["can-bo"] == NO_OFFICER or is_id(given["can-bo"]) else ""
    key = asked.get("sau", "")
    everything = asked.get("viec") == ALL or any(given[name] for name in ("q", "trang-thai", "can-bo", "nhom"))
    return Listed(given, everything, key if KEY.fullmatch(key) else "")


def is_id(text: str) -> bool:
    """Whether the text is an identifier of ours, as we write it."""
    return str(id_in(text)) == text


def code_in(text: str) -> str:
    """The whole code of a dossier that ``text`` is, or that stands as ``ma`` in the address it is; else empty."""
    asked = text.strip()
    if "?" in asked:
        try:
            asked = parse_qs(urlsplit(asked).query).get("ma", [""])[-1]
        except ValueError:
            return ""
    found = asked.strip().upper()
    return found if CODE.match(found) else ""
