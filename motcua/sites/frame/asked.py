"""The base of every form that is not a procedure's own: faults in our words, refusals at the field they are about."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as now_

from motcua.base.errors import Refused
from motcua.forms.posting import UNWANTED
from motcua.sites.frame.fields import FieldView, error_list, views_of
from motcua.sites.frame.refusals import said

WRITTEN = re.compile(r"-?(?:[0-9]{1,40}|[0-9]{1,3}(?:\.[0-9]{3}){1,10})")  # 8000 or 8.000


class Amount(forms.IntegerField):
    """A whole number as people here write it: ``8000`` or ``8.000``, a dot parts thousands, never a fraction."""

    def to_python(self, value: Any) -> int | None:
        """The number. Raises ``ValidationError`` for anything that is not surely one."""
        text = str(value or "").strip()
        if text and not WRITTEN.fullmatch(text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return int(text.replace(".", "")) if text else None


class Line(forms.CharField):
    """One line of text without the characters nobody types; they are dropped, not refused."""

    def to_python(self, value: Any) -> Any:
        """The text as it is checked."""
        return super().to_python(UNWANTED.sub("", value) if isinstance(value, str) else value)


class Asked(forms.Form):
    """A form whose faults are told in our words, and whose refusals land at the field they are about."""

    places: Mapping[str, str] = {}  # code of a refusal (or its beginning) → field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages |= {
                "required": now_("Mục này chưa được trả lời."),
                "invalid_choice": now_("Hãy chọn một trong các lựa chọn đã cho."),
            }
            if isinstance(field, forms.CharField) and field.max_length:
                too_long = now_("Tối đa %(limit)d ký tự.") % {"limit": field.max_length}
                field.validators = [each for each in field.validators if "MaxLength" not in type(each).__name__]
                field.validators.append(MaxLengthValidator(field.max_length, too_long))
                field.widget.attrs.pop("maxlength", None)  # nothing typed is cut off; the check says what is too long

    def refuse(self, error: Refused) -> int:
        """Show a refusal at its field, or at the top; returns the status of the answer."""
        for field, code in error.details.get("fields", {}).items() if error.code == "profile_invalid" else ():
            self.add_error(field if field in self.fields else None, said(Refused(code)).what)
        if not self.errors:
            words = said(error)
            self.add_error(self._place(error.code), f"{words.what} {words.do}")
        return error.status

    def _place(self, code: str) -> str | None:
        return next((field for start, field in self.places.items() if code.startswith(start)), None)

    @property
    def views(self) -> list[FieldView]:
        """The fields as the page draws them."""
        return views_of(self)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """What is wrong, for the top of the page: the form as a whole first, then field by field."""
        return [("", str(text)) for text in self.non_field_errors()] + error_list(self.views)
