"""What was answered, as one digest."""

import hashlib
from typing import Any

import orjson


def answers_sha256(answers: dict[str, Any]) -> str:
    """The digest of answers that stands in facts: of their JSON with sorted keys."""
    return hashlib.sha256(orjson.dumps(answers, option=orjson.OPT_SORT_KEYS)).hexdigest()


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names of the answers that differ, in the order of the alphabet."""
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
