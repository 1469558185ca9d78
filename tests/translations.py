"""Every Vietnamese message has its English: ``python -m tests.translations [--update] [--prune]``.

Without an option it lists what is untranslated or no longer used and exits 1. ``--update`` adds new messages with an
empty English to the catalogue; ``--prune`` drops those that nobody uses any more.
"""

import ast
import re
import sys
from collections import defaultdict
from pathlib import Path

import django
import polib
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "motcua"
CATALOGUE = CODE / "sites/frame/locale/en/LC_MESSAGES/django.po"
SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop", "now_"}
COUNTED = {"ngettext", "ngettext_lazy"}
TEXT = r"""\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'"""
CALL = re.compile(rf"\b(?:n?p?gettext|_)\((?:[^()\"']|{TEXT})*\)", re.DOTALL)
NAMED = {"pgettext", "pgettext_lazy"}

Message = tuple[str, str, str]  # context, text, plural


def messages_in_python(source: str) -> set[Message]:
    """The messages of a module: calls of the gettext family whose arguments are literal texts."""
    found: set[Message] = set()
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if name in SINGLE and texts:
            found.add(("", texts[0], ""))
        elif name in COUNTED and len(texts) > 1:
            found.add(("", texts[0], texts[1]))
        elif name in NAMED and len(texts) > 1:
            found.add((texts[0], texts[1], ""))
    return found


def messages_in_template(source: str) -> set[Message]:
    """The messages of a template, as Django itself reads its tags."""
    from django.utils.translation.template import templatize

    return messages_in_python(_calls_in(templatize(source)))


def _calls_in(templatized: str) -> str:
    """``templatize`` writes calls between rows of X: take the calls, one a line, so that they parse."""
    return "\n".join(found.group(0) for found in CALL.finditer(templatized))


def used_messages() -> dict[Message, list[str]]:
    """Every message of the code and the templates, with the files that use it."""
    used: dict[Message, list[str]] = defaultdict(list)
    for path in sorted([*CODE.rglob("*.py"), *CODE.rglob("*.html")]):
        if "migrations" in path.parts:
            continue
        read = messages_in_python if path.suffix == ".py" else messages_in_template
        for message in read(path.read_text(encoding="utf-8")):
            used[message].append(str(path.relative_to(ROOT)))
    return used


def key_of(entry: polib.POEntry) -> Message:
    """The message of a catalogue entry."""
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def translated(entry: polib.POEntry) -> bool:
    """Whether an English is there, for every plural form; a text to be filled must keep its places."""
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return all(texts) and all(places(text) <= places(entry.msgid) for text in texts)


def places(text: str) -> set[str]:
    """The places of a text that are filled in: ``{name}``, ``%(name)s``."""
    return set(re.findall(r"\{\w+\}|%\(\w+\)[sd]", text))


def problems() -> list[str]:
    """What is missing, empty or no longer used, a line each."""
    used = used_messages()
    kept = {key_of(entry): entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}
    missing = [
        f"untranslated: {text!r} ({used[ctx, text, more][0]})" for ctx, text, more in used.keys() - kept.keys()
    ]
    empty = [f"untranslated: {entry.msgid!r}" for entry in kept.values() if not translated(entry)]
    unused = [f"not used any more: {text!r}" for _context, text, _more in kept.keys() - used.keys()]
    return sorted(set(missing + empty + unused))


def update(prune: bool) -> None:
    """Add what is used to the catalogue, in order; with ``prune`` drop what is not. What was translated stays."""
    used = used_messages()
    before = {key_of(entry): entry for entry in polib.pofile(str(CATALOGUE))} if CATALOGUE.exists() else {}
    after = polib.POFile(wrapwidth=110)
    after.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message in sorted(used if prune else used.keys() | before.keys()):
        context, text, plural = message
        entry = before.get(message) or polib.POEntry(msgctxt=context or None, msgid=text, msgid_plural=plural or None)
        if plural and not entry.msgstr_plural:
            entry.msgstr_plural = {0: "", 1: ""}
        entry.occurrences = [(path, "") for path in used.get(message, [])]
        entry.obsolete = False
        after.append(entry)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    after.save(str(CATALOGUE))


def main(arguments: list[str]) -> int:
    """0 when all is translated, 1 with the list when not."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    if {"--update", "--prune"} & set(arguments):
        update("--prune" in arguments)
    found = problems()
    sys.stdout.write("\n".join(found) + "\n" if found else "every message is translated\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
