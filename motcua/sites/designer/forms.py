"""What an administrator types: the base of every form of the designer, and the forms about a whole edition."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Refused
from motcua.forms.posting import UNWANTED
from motcua.sites.frame.fields import FieldView, error_list, views_of
from motcua.sites.frame.refusals import said

LONGEST = 20_000


class Line(forms.CharField):
    """Text without the characters nobody types; they are dropped, not refused."""

    def to_python(self, value: Any) -> Any:
        """The text as it is checked."""
        return super().to_python(UNWANTED.sub("", value) if isinstance(value, str) else value)


def line(label: Any, required: bool = True, help_text: Any = "", longest: int = 500, **attrs: str) -> Line:
    """A box of one line."""
    return Line(
        label=label, required=required, help_text=help_text, max_length=longest, widget=forms.TextInput(attrs)
    )


def lines(label: Any, required: bool = True, help_text: Any = "", longest: int = LONGEST) -> Line:
    """A box of several lines."""
    return Line(label=label, required=required, help_text=help_text, max_length=longest, widget=forms.Textarea)


class Asked(forms.Form):
    """A form whose faults are told in our words, and whose refusals land at the field they are about."""

    places: Mapping[str, str] = {}  # beginning of a refusal's code → field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.fields.values():
            each.error_messages |= {
                "required": now_("Mục này chưa được trả lời."),
                "invalid_choice": now_("Hãy chọn một trong các lựa chọn đã cho."),
            }
            if isinstance(each, forms.CharField):
                each.widget.attrs.pop("maxlength", None)  # nothing typed is cut off

    def refuse(self, error: Refused) -> int:
        """Show a refusal at its field, or at the top; returns the status of the answer."""
        words = said(error)
        place = next((name for start, name in self.places.items() if error.code.startswith(start)), None)
        self.add_error(place if place in self.fields else None, f"{words.what} {words.do}")
        return error.status

    @property
    def views(self) -> list[FieldView]:
        """The fields as the page draws them."""
        return views_of(self)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """What is wrong, for the top of the page."""
        return [("", str(text)) for text in self.non_field_errors()] + error_list(self.views)


class NewProcedure(Asked):
    """A procedure that is not in the catalogue yet."""

    places = {"procedure": "code", "edition_unstorable": "code"}
    code = line(
        _("Mã thủ tục"),
        help_text=_("Theo Cơ sở dữ liệu quốc gia về thủ tục hành chính, ví dụ 1.001193."),
        longest=40,
        **{"class": "short"},
    )
    name = line(_("Tên thủ tục"))
    name_en = line(_("Tên tiếng Anh"), required=False)
