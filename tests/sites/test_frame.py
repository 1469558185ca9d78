"""The frame: layout, components, colours, refusals, fields, languages."""

import ast
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import polib
import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured, TooManyFilesSent
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails
from fontTools.ttLib import TTFont

from motcua.base.errors import Conflict, Forbidden, Invalid, Refused
from motcua.forms import Fault
from motcua.sites.frame import assets, refusals, tokens, views
from motcua.sites.frame.fields import FieldView, change_rows, error_list, fields_of, views_of
from motcua.sites.frame.middleware import RefusalMiddleware
from motcua.sites.frame.public import public_page
from motcua.sites.frame.showcase import ANSWERS, EXAMPLE_FORM
from motcua.sites.frame.templatetags import frame as tags
from motcua.sites.frame.translations import compile_messages
from tests.translations import messages_in_python, messages_in_template, places

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "motcua").rglob("templates/**/*.html"))
SAME_FOR_ALL = {"site", "site_name", "site_operator"}
KINDS = {"Refused", "Forbidden", "NotFound", "Invalid", "Conflict", "BadRequest", "TooLarge", "ServerError"}


@pytest.fixture(autouse=True)
def _made_here(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    settings.MADE_ROOT = tmp_path_factory.getbasetemp() / "made"
    with translation.override("vi"):
        yield


def page(path: str) -> str:
    """A page without any cookie; these tests have no database, so a page that asked it would fail."""
    response = Client().get(path)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


@pytest.mark.parametrize(
    ("path", "language", "title"), [("/khung/", "vi", "Trang khung"), ("/en/khung/", "en", "Component page")]
)
def test_the_component_page_stands_in_both_languages_without_session_or_database(
    path: str, language: str, title: str
) -> None:
    content = page(path)
    assert f'<html lang="{language}">' in content
    assert f"<h1>{title}</h1>" in content


def test_the_address_alone_says_the_language() -> None:
    assert '<html lang="vi">' in Client(headers={"accept-language": "en"}).get("/khung/").content.decode()


def test_the_other_language_is_the_same_page() -> None:
    assert 'href="/en/khung/?a=1"' in page("/khung/?a=1")
    assert 'class="language" href="/khung/?a=1"' in page("/en/khung/?a=1")


def test_the_language_switch_never_leads_to_another_site() -> None:
    request = RequestFactory().get("/en//evil.test/")
    assert tags.other_language({"request": request}, "vi") == "/evil.test/"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_a_script_or_a_style_or_another_origin(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", source)
    assert not re.search(r"<script(?![^>]*\bsrc=\"\{% static )", source)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", source)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_stays_short(template: Path) -> None:
    assert len(template.read_text(encoding="utf-8").splitlines()) <= 150


def test_what_is_drawn_once_is_the_same_in_each_language_and_for_each_operator() -> None:
    drawn = Template(
        "{% load i18n frame %}{% once %}{% translate 'Thủ tục' %} – {{ site.name }} {{ asked }}{% endonce %}"
    )

    def draw(language: str, name: str, asked: int) -> str:
        with translation.override(language):
            return drawn.render(Context({"site": tokens.Site(name=name), "asked": asked}))

    for asked in (1, 2):
        assert draw("vi", "A", asked) == "Thủ tục – A 1"
        assert draw("en", "A", asked) == "Procedure – A 1"
        assert draw("vi", "B", asked) == "Thủ tục – B 1"


@pytest.mark.parametrize("template", [each for each in TEMPLATES if "{% once %}" in each.read_text()], ids=str)
def test_what_is_drawn_once_says_nothing_of_the_page_or_the_person(template: Path) -> None:
    for drawn in re.findall(r"{% once %}(.*?){% endonce %}", template.read_text(), re.DOTALL):
        assert {name.partition(".")[0] for name in re.findall(r"{{\s*(\w[\w.]*)", drawn)} <= SAME_FOR_ALL
        assert set(re.findall(r"{%\s*(\w+)", drawn)) <= {"translate", "static", "if", "endif"}
        assert all(name.startswith("site.") for name in re.findall(r"{% if (.*?) %}", drawn))
        assert not re.search(r"<c-[\w-]+[^>]* :", drawn)


def test_the_first_visit_weighs_less_than_a_hundred_kilobytes() -> None:
    made = ["frame/tokens.css", *map(assets.font_name, assets.WEIGHTS)]
    own = ["frame/frame.css", "frame/frame.js", "frame/icons.svg", "frame/mark.svg", "django_htmx/htmx-2.min.js"]
    files = [Path(finders.find(name)).read_bytes() for name in made + own]
    weight = sum(min(len(file), len(brotli.compress(file))) for file in files)
    assert weight + len(brotli.compress(page("/khung/").encode())) <= 100_000


def test_the_font_holds_every_vietnamese_letter_and_is_small() -> None:
    letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    for weight in assets.WEIGHTS:
        path = Path(finders.find(assets.font_name(weight)))
        assert path.stat().st_size <= 25_000
        assert {ord(letter) for letter in letters + letters.upper() + "₫"} <= TTFont(path).getBestCmap().keys()


def test_the_shipped_colours_can_be_read() -> None:
    assert tokens.weak_pairs(tokens.Colours()) == []


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert round(tokens.contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(tokens.contrast("#767676", "#ffffff"), 2) == 4.54


def test_an_operator_sets_name_and_colours(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("name: Cổng của tỉnh\ncolours: {primary: '#7a1212'}\n")
    site = tokens.read(tmp_path / "site.yaml")
    assert (site.name, site.colours.primary, site.colours.link) == ("Cổng của tỉnh", "#7a1212", tokens.Colours().link)


@pytest.mark.parametrize(
    ("written", "told"),
    [("colours: {primary: '#ffcccc'}", "paper on primary"), ("nam: x", "unknown design tokens: nam")],
)
def test_an_operators_mistake_is_refused_at_start(tmp_path: Path, written: str, told: str) -> None:
    (tmp_path / "site.yaml").write_text(written)
    with pytest.raises(ImproperlyConfigured, match=told):
        tokens.read(tmp_path / "site.yaml")


def codes_raised() -> dict[str, str]:
    """Every code of refusal in the code, with a file that raises it."""
    found = {}
    for path in sorted((ROOT / "motcua").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
                name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                if name in KINDS and isinstance(call.args[0].value, str):
                    found[call.args[0].value] = str(path.relative_to(ROOT))
    return found


def test_every_code_of_refusal_has_its_sentence() -> None:
    raised = codes_raised() | dict.fromkeys(("procedure_information_only", "channel_not_offered"), "filing_obstacle")
    assert {code: raised[code] for code in raised.keys() - refusals.SENTENCES.keys()} == {}


def test_a_sentence_keeps_its_places_in_english() -> None:
    for what, do in refusals.SENTENCES.values():
        with translation.override("en"):
            english = places(f"{what} {do}")
        assert english <= places(f"{what} {do}")


def refused(error: Exception, path: str = "/ho-so/x/") -> HttpResponse | None:
    """What a person or a program gets for a refusal."""
    return RefusalMiddleware(lambda _request: HttpResponse()).process_exception(RequestFactory().get(path), error)


def test_a_person_gets_a_page_that_says_what_and_what_to_do() -> None:
    response = refused(Refused("file_too_large", limit_mb=20))
    assert response is not None
    content = response.content.decode()
    assert response.status_code == 409
    assert "Tệp lớn quá 20 MB." in content
    assert "Hãy chụp hoặc quét lại với dung lượng nhỏ hơn." in content
    assert "Hỏi ai:" in content


def test_what_stands_in_a_refusal_is_escaped() -> None:
    response = refused(Refused("agency_unknown", agency="<script>alert(1)</script>"))
    assert response is not None
    assert b"<script>alert" not in response.content
    assert b"&lt;script&gt;alert" in response.content


def test_a_program_gets_a_problem_document() -> None:
    response = refused(
        Forbidden("wrong_role", needed=["clerk"], held=[], since=datetime(2026, 1, 2, tzinfo=UTC)), "/api/v1/x"
    )
    assert response is not None
    assert response.headers["Content-Type"] == "application/problem+json"
    assert json.loads(response.content) == {
        "type": "urn:motcua:refusal:wrong_role",
        "title": "Việc này không thuộc vai trò của bạn.",
        "status": 403,
        "detail": "Hãy liên hệ người quản trị của cơ quan bạn nếu việc này thuộc nhiệm vụ của bạn.",
        "code": "wrong_role",
        "details": {"needed": ["clerk"], "held": [], "since": "2026-01-02T00:00:00+00:00"},
    }


def test_a_refusal_inside_a_page_is_put_where_it_is_seen() -> None:
    request = RequestFactory().get("/can-bo/x/", headers={"hx-request": "true"})
    request.htmx = HtmxDetails(request)
    response = RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request, Conflict("acted_first"))
    assert response is not None
    assert response.headers["HX-Retarget"] == "#thong-bao"
    assert 'id="thong-bao"' in page("/khung/")
    assert "Người khác vừa thao tác" in response.content.decode()
    assert "<html" not in response.content.decode()


def test_a_program_is_told_what_is_wrong_with_each_answer() -> None:
    told = refusals.problem(Invalid("answers_invalid", fields={"ho_ten": Fault("too_long", limit=100)}))
    assert told["details"] == {"fields": {"ho_ten": {"code": "too_long", "message": "Tối đa 100 ký tự."}}}


def test_an_error_that_is_no_refusal_is_not_dressed_as_one() -> None:
    assert refused(ValueError("x")) is None


def test_a_refusal_is_told_in_english_on_an_english_page() -> None:
    with translation.override("en"):
        assert (
            refusals.said(Conflict("acted_first")).what == "Somebody else has just acted on this dossier before you."
        )


def test_a_missing_detail_shows_nothing_and_breaks_nothing() -> None:
    assert refusals.said(Refused("file_empty")).what == "Tệp không có nội dung."


def test_an_unknown_address_is_answered_in_the_manner_of_the_house() -> None:
    response = Client().get("/khong-co/")
    assert response.status_code == 404
    assert "Không tìm thấy trang này." in response.content.decode()


@pytest.mark.parametrize(
    ("view", "arguments", "status", "words"),
    [
        (views.bad_request, (ValueError(),), 400, "Yêu cầu gửi đến không đọc được."),
        (views.bad_request, (TooManyFilesSent(),), 413, "Nội dung gửi lên quá lớn."),
        (views.forbidden, (), 403, "Bạn không được phép xem hoặc làm việc này."),
        (views.server_error, (), 500, "Hệ thống gặp lỗi khi xử lý yêu cầu này."),
        (views.csrf_failure, ("no token",), 403, "Trang đã mở quá lâu nên yêu cầu không còn hợp lệ."),
    ],
)
def test_every_error_has_its_page(view: Any, arguments: tuple[Any, ...], status: int, words: str) -> None:
    response = view(RequestFactory().get("/"), *arguments)
    assert response.status_code == status
    assert words in response.content.decode()


def test_only_a_good_answer_is_marked_public() -> None:
    good = public_page(lambda _request: HttpResponse("x"))(RequestFactory().get("/"))
    gone = public_page(lambda _request: HttpResponse("x", status=404))(RequestFactory().get("/"))
    assert good.headers["X-Public-Page"] == "300"
    assert "X-Public-Page" not in gone.headers


class SignIn(forms.Form):
    login = forms.CharField(label="Tên đăng nhập", help_text="Viết liền.")
    password = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput)
    way = forms.ChoiceField(label="Cách", choices=[("a", "Một"), ("b", "Hai")], widget=forms.RadioSelect)
    agency = forms.ChoiceField(label="Cơ quan", choices=[("", "—"), *((str(n), f"Xã {n}") for n in range(9))])
    kept = forms.BooleanField(label="Nhớ", required=False)


def test_a_form_of_django_is_drawn_by_the_same_component() -> None:
    form = SignIn({"login": "", "password": "secret", "way": "b", "agency": "3"})
    fields = by_name(views_of(form))
    assert {name: field.widget for name, field in fields.items()} == {
        "login": "text",
        "password": "text",
        "way": "radios",
        "agency": "select",
        "kept": "check",
    }
    assert fields["password"].value == ""
    assert [choice.value for choice in fields["agency"].choices if choice.chosen] == ["3"]
    assert error_list(fields.values()) == [("f-login", "Tên đăng nhập: " + str(form.errors["login"][0]))]


def by_name(fields: list[FieldView]) -> dict[str, FieldView]:
    return {field.name: field for field in fields}


def test_each_kind_of_question_has_its_widget() -> None:
    fields = by_name(fields_of(EXAMPLE_FORM, "mau", ANSWERS))
    assert {name: field.widget for name, field in fields.items()} == {
        "ho_ten": "text",
        "ngay_sinh": "text",
        "gioi_tinh": "radios",
        "dan_toc": "select",
        "co_me": "radios",
        "ho_ten_me": "text",
        "dien_thoai": "text",
        "so_ban": "text",
        "ghi_chu": "textarea",
        "xac_nhan": "check",
        "tep": "file",
        "cu_tru": "rows",
    }


def test_an_answer_is_shown_as_a_person_writes_it() -> None:
    fields = by_name(fields_of(EXAMPLE_FORM, "mau", ANSWERS, prefilled={"ho_ten"}))
    assert fields["ngay_sinh"].value == "17/05/1994"
    assert [choice.chosen for choice in fields["gioi_tinh"].choices] == [False, True]
    assert [choice.label for choice in fields["co_me"].choices if choice.chosen] == ["Có"]
    assert [field.name for field in fields["cu_tru"].rows[1]] == ["cu_tru-1-tu_ngay", "cu_tru-1-dia_chi"]
    assert fields["ho_ten"].prefilled
    assert not fields["ngay_sinh"].prefilled


def test_labels_and_choices_speak_english_on_an_english_page() -> None:
    fields = by_name(fields_of(EXAMPLE_FORM, "mau", {}, language="en"))
    assert fields["ho_ten"].label == "Full name"
    assert fields["ho_ten"].hint == "As written on your identity card."
    assert [choice.label for choice in fields["gioi_tinh"].choices] == ["Male", "Female"]


def test_a_wrong_value_is_shown_again_with_its_error_at_the_field_and_in_the_summary() -> None:
    fields = fields_of(EXAMPLE_FORM, "mau", {"ngay_sinh": "30/02/2022"}, {"ngay_sinh": "Ngày phải có thật."})
    assert by_name(fields)["ngay_sinh"].value == "30/02/2022"
    assert error_list(fields) == [("f-ngay_sinh", "Ngày sinh: Ngày phải có thật.")]


def test_the_error_of_a_row_leads_to_its_own_input() -> None:
    errors = {"cu_tru-1-tu_ngay": "Ngày phải có thật.", "gioi_tinh": "Hãy chọn."}
    assert error_list(fields_of(EXAMPLE_FORM, "mau", ANSWERS, errors)) == [
        ("f-gioi_tinh-0", "Giới tính: Hãy chọn."),
        ("f-cu_tru-1-tu_ngay", "Nơi cư trú 2, Từ ngày: Ngày phải có thật."),
    ]


def test_a_question_of_a_later_page_waits_for_its_condition() -> None:
    form = {
        **EXAMPLE_FORM,
        "x-sections": [{"code": "a", "fields": ["co_me"]}, {"code": "b", "fields": ["ho_ten_me"]}],
    }
    assert fields_of(form, "b", {}) == []
    assert fields_of(form, "b", {"co_me": False}) == []
    assert [field.name for field in fields_of(form, "b", {"co_me": True})] == ["ho_ten_me"]


def test_a_question_of_the_same_page_is_shown_and_names_its_condition() -> None:
    assert by_name(fields_of(EXAMPLE_FORM, "mau", {}))["ho_ten_me"].when == "co_me=true"


def test_an_unknown_section_is_an_error() -> None:
    with pytest.raises(KeyError):
        fields_of(EXAMPLE_FORM, "khong-co", {})


ROWS = {
    "cu_tru-0-dia_chi": ["Thôn Đoài"],
    "cu_tru-0-tu_ngay": [""],
    "cu_tru-1-dia_chi": [""],
    "cu_tru-1-tu_ngay": [""],
}


def test_the_buttons_add_and_remove_rows_without_script() -> None:
    assert change_rows(EXAMPLE_FORM, "mau", ROWS) is None
    added = change_rows(EXAMPLE_FORM, "mau", {**ROWS, "_add": ["cu_tru"]})
    removed = change_rows(EXAMPLE_FORM, "mau", {**ROWS, "_remove": ["cu_tru-0"]})
    assert added == {"cu_tru": [{"dia_chi": "Thôn Đoài"}, {}, {}]}
    assert removed == {"cu_tru": [{}]}


def test_a_button_for_a_list_that_is_not_there_changes_nothing() -> None:
    assert change_rows(EXAMPLE_FORM, "mau", {"ho_ten": ["An"], "_add": ["khong_co"]}) == {"ho_ten": "An"}


def test_what_a_person_typed_is_escaped_in_every_widget() -> None:
    evil = '"><script>alert(1)</script>'
    answers = {"ho_ten": evil, "ghi_chu": evil, "so_ban": evil, "cu_tru": [{"dia_chi": evil}]}
    request = RequestFactory().get("/")
    context = {"fields": fields_of(EXAMPLE_FORM, "mau", answers), "wrong": [], "errors": []}
    content = views.render(request, "frame/khung/fields.html", context).content.decode()
    assert "<script>" not in content
    assert content.count("&lt;script&gt;") == 4


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [
        (5, "ok", "Còn 5 ngày"),
        (2.0, "soon", "Còn 2 ngày"),
        (0.2, "soon", "Hạn hôm nay"),
        (-0.2, "late", "Vừa quá hạn"),
        (-3, "late", "Quá hạn 3 ngày"),
        (None, "none", "Không có hạn"),
    ],
)
def test_a_deadline_has_a_colour_and_the_word(days: float | None, state: str, words: str) -> None:
    assert (tags.deadline_state(days), tags.deadline_words(days)) == (state, words)


def test_dates_times_and_money_are_written_as_in_vietnam() -> None:
    evening = datetime(2026, 1, 30, 17, 30, tzinfo=UTC)
    assert tags.day(evening) == "31/01/2026"
    assert tags.moment(evening) == "00:30, 31/01/2026"
    assert tags.dong(10000) == "10.000\u00a0₫"
    assert tags.dong(0) == "0\u00a0₫"
    assert tags.dong(None) == "chưa xác định"


def test_a_qr_code_is_an_image_without_style() -> None:
    drawn = Template("{% load frame %}{% qr address %}").render(Context({"address": "https://motcua.test/<x>"}))
    assert drawn.startswith("<svg")
    assert "style=" not in drawn


def test_messages_are_found_in_python_and_in_templates() -> None:
    assert messages_in_python(
        '_("Một")\nngettext("%(n)d tệp", "%(n)d tệp", 2)\npgettext("nút", "Mở")\nother("Không")'
    ) == {
        ("", "Một", ""),
        ("", "%(n)d tệp", "%(n)d tệp"),
        ("nút", "Mở", ""),
    }
    template = (
        "{% load i18n %}<c-button label=\"{% translate 'Nộp (hồ sơ)' %}\" />{{ _('Lưu') }}"
        "{% blocktranslate trimmed %}\n  Chào {{ name }}\n{% endblocktranslate %}"
    )
    assert messages_in_template(template) == {("", "Nộp (hồ sơ)", ""), ("", "Lưu", ""), ("", "Chào %(name)s", "")}


def test_messages_are_compiled_when_they_are_newer(tmp_path: Path) -> None:
    folder = tmp_path / "en/LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Có", msgstr="Yes"))
    catalogue.save(str(folder / "django.po"))
    assert compile_messages(tmp_path) == [folder / "django.mo"]
    assert compile_messages(tmp_path) == []
    assert polib.mofile(str(folder / "django.mo"))[0].msgstr == "Yes"
