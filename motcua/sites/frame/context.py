"""What every template may use: the operator's tokens. Nothing about the person, so that public pages stay public."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from motcua.sites.frame import tokens


def frame(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - the same for every request
    """``site`` (tokens), and its name and operator in the reader's language."""
    site = tokens.site()
    english = get_language() == "en"
    return {
        "site": site,
        "site_name": site.name_en if english else site.name,
        "site_operator": site.operator_en if english else site.operator,
    }
