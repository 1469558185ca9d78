"""What an administrator types: the base of every form of the designer, and the forms about a whole edition."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.sites.frame.asked import Asked, Line

LONGEST = 20_000
SHORT: dict[str, Any] = {"class": "short"}


def line(label: Any, required: bool = True, help_text: Any = "", longest: int = 500, **attrs: str) -> Line:
    """A box of one line."""
    return Line(
        label=label, required=required, help_text=help_text, max_length=longest, widget=forms.TextInput(attrs)
    )


def lines(label: Any, required: bool = True, help_text: Any = "", longest: int = LONGEST) -> Line:
    """A box of several lines."""
    return Line(label=label, required=required, help_text=help_text, max_length=longest, widget=forms.Textarea)


class NewProcedure(Asked):
    """A procedure that is not in the catalogue yet."""

    places = {"procedure": "code", "edition_unstorable": "code"}
    code = line(
        _("Mã thủ tục"),
        help_text=_("Theo Cơ sở dữ liệu quốc gia về thủ tục hành chính, ví dụ 1.001193."),
        longest=40,
        **SHORT,
    )
    name = line(_("Tên thủ tục"))
    name_en = line(_("Tên tiếng Anh"), required=False)


class SectionForm(Asked):
    """The words of one page of the form."""

    places = {"design_title": "title", "design_section": "title"}
    title = line(_("Tiêu đề"))
    title_en = line(_("Tiêu đề tiếng Anh"), required=False)
    hint = line(_("Lời dẫn dưới tiêu đề"), required=False)
    hint_en = line(_("Lời dẫn bằng tiếng Anh"), required=False)


class RuleForm(Asked):
    """Rules over several questions: as many as there are, and one more."""

    def __init__(self, *args: Any, rules: list[dict[str, str]], names: Mapping[str, Any], **kwargs: Any) -> None:
        self.many = len(rules) + 1
        choices = [("", "—")] + [(name, field.get("title", name)) for name, field in names.items()]
        self.base_fields = {}
        for number in range(self.many):
            place = {"number": number + 1}
            self.base_fields |= {
                f"that_{number}": line(now_("Quy tắc %(number)d: điều phải đúng") % place, required=False, longest=1000,
                                       help_text=now_("Viết theo CEL từ tên kỹ thuật, ví dụ so_ban <= 10.")),
                f"error_{number}": line(now_("Quy tắc %(number)d: lời báo khi sai") % place, required=False),
                f"error_en_{number}": line(now_("Quy tắc %(number)d: lời báo bằng tiếng Anh") % place, required=False),
                f"field_{number}": forms.ChoiceField(
                    label=now_("Quy tắc %(number)d: báo ở câu hỏi") % place, required=False, choices=choices),
            }  # fmt: skip
        keys = (("that", "that"), ("error", "error"), ("error-en", "error_en"), ("field", "field"))
        kwargs["initial"] = {
            f"{ours}_{number}": rule.get(key, "") for number, rule in enumerate(rules) for key, ours in keys
        }
        super().__init__(*args, **kwargs)

    def rules(self) -> list[dict[str, str]]:
        """The rules that say something, in order."""
        keys = (("that", "that"), ("error", "error"), ("error-en", "error_en"), ("field", "field"))
        rows = [
            {key: self.cleaned_data.get(f"{ours}_{number}", "").strip() for key, ours in keys}
            for number in range(self.many)
        ]
        return [row for row in rows if row["that"]]
