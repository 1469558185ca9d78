"""The form engine: one definition (JSON Schema 2020-12 with ``x-`` keys) gives the pages, the check, the API.

Pure: no Django, no clock, no database. ``shape`` reads a definition (sections, fields, which are visible);
``schema`` makes the plain JSON Schema; ``problems`` says what is wrong with a definition; ``checking``
compiles it once and checks answers; ``posting`` types what a browser posted; ``sentences`` are the words.
"""

from motcua.forms.checking import Fault, Form
from motcua.forms.posting import parse_post, prefill, strange_names
from motcua.forms.problems import PREFILL_SOURCES, problems
from motcua.forms.schema import schema_of
from motcua.forms.sentences import label, sentence, shown
from motcua.forms.shape import Section, fields, holds, kept, sections, visible

__all__ = [
    "PREFILL_SOURCES",
    "Fault",
    "Form",
    "Section",
    "fields",
    "holds",
    "kept",
    "label",
    "parse_post",
    "prefill",
    "problems",
    "schema_of",
    "sections",
    "sentence",
    "shown",
    "strange_names",
    "visible",
]
