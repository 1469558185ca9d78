"""Names of files that leave the house."""

import re


def safe_name(text: str) -> str:
    """Letters, digits, blanks, dots and dashes only; never empty, never hidden."""
    return re.sub(r"[^\w .-]+", "-", text).strip(" .-")[:80] or "tep"
