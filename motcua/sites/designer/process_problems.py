"""Problems of a process in words: what publishing would refuse, by place, in the reader's language.

The checks say their problems in English, each after its place (``process.<step>.<action>: …``). The table knows the
frequent ones, in Vietnamese; another is shown as it is, marked as English.
"""

import re
from typing import NamedTuple

from django.utils.translation import gettext as now_

from motcua.catalogue.definition import Definition, Step
from motcua.sites.designer import process_words as words
from motcua.sites.frame.words import CHANNELS, english


class Told(NamedTuple):
    """A problem as a page shows it. ``step`` is the code of the step to open, ``foreign``: English only."""

    step: str
    place: str
    text: str
    foreign: str = ""


PLACE = re.compile(r"process(?:\.(?P<step>[^.:\s]*))?(?:\.(?P<inner>[^:\s]*))?: (?P<text>.*)", re.DOTALL)
SENTENCES: tuple[tuple[str, str], ...] = (
    (r"step '(.*)' twice", "Hai bước cùng mang mã “%s”."),
    (r"exactly one step receives.*", "Cần đúng một bước tiếp nhận, và đó là bước đầu tiên."),
    (r"exactly one step hands over", "Cần đúng một bước trả kết quả."),
    (r"no step decides.*", "Chưa có bước quyết định."),
    (
        r"its hours are (.*), the limit of channel (.*) is (.*)",
        "Các bước cộng lại %s giờ, còn thời hạn của cách nộp “%s” là %s giờ.",
    ),
    (r"not a name for a step", "Mã bước không dùng được: chữ thường không dấu, số, gạch nối, bắt đầu bằng chữ."),
    (r"not a name for an action", "Mã nút không dùng được: bắt đầu bằng chữ thường không dấu."),
    (r"no title", "Chưa có tên."),
    (r"unknown role.*", "Chưa chọn vai trò giữ bước này."),
    (r"unknown kind.*", "Chưa chọn loại bước."),
    (r"hours .* out of bounds", "Số giờ không hợp lệ."),
    (r"dead end", "Bước này không có nút nào để đi tiếp."),
    (r"dead end, no action brings the dossier forward", "Không có nút nào đưa hồ sơ đi tới."),
    (r"dead end, no condition holds for (.*)", "Hồ sơ có thể bị kẹt: không điều kiện nào đúng khi %s."),
    (
        r"too many cases to prove.*",
        "Không chứng minh được luôn có nút mở: hãy để một nút không có điều kiện.",
    ),
    (r"has no way to hand over", "Bước cuối phải có nút “Trả kết quả”."),
    (r"unknown target.*", "Nút này dẫn đến một bước không có."),
    (r"leads to '(.*)', not to '(.*)'", "Nút này luôn dẫn đến “%s”, không phải “%s”."),
    (r"only .* lead there", "Chỉ nút yêu cầu bổ sung, từ chối hoặc trả kết quả dẫn đến đó."),
    (r"only the last step ends a dossier", "Chỉ bước trả kết quả mới kết thúc hồ sơ."),
    (r"leads to itself", "Nút này dẫn về chính bước của nó."),
    (r"never reached", "Không có nút nào dẫn đến bước này."),
    (r"a loop without a way out", "Vòng lặp không có lối ra: từ đây không đến được bước trả kết quả."),
    (r"a decision passes to .*", "Sau quyết định, hồ sơ phải đi tới bước trả kết quả."),
    (r"an automatic step takes no hours.*", "Bước tự động không tính giờ."),
    (r"an automatic step has no tasks.*", "Bước tự động không có việc, ý kiến hoặc hẹn giờ."),
    (r"not an action of an automatic step", "Nút này không dùng được ở bước tự động."),
    (
        r"exactly one exit of an automatic step.*",
        "Bước tự động: đúng một lối ra không có điều kiện, các lối khác đều có.",
    ),
    (r"two conditions hold for (.*)", "Hai điều kiện cùng đúng khi %s: hãy viết để chỉ một điều kiện đúng."),
    (
        r"its condition never holds",
        "Điều kiện này không bao giờ đúng: giá trị không có trong tờ khai, hoặc tự mâu thuẫn.",
    ),
    (r"can be reached without a decision", "Hồ sơ có thể đến bước trả kết quả mà chưa ai quyết định."),
    (r"comes again after a decision", "Sau quyết định, hồ sơ không quay lại bước này được."),
    (r"stands before a decision and after one", "Bước này đứng cả trước và sau quyết định: hãy tách làm hai bước."),
    (r"after the decision a dossier only goes forward", "Sau quyết định, hồ sơ chỉ đi tới: bỏ nút này."),
    (r"a loop of automatic steps", "Các bước tự động dẫn vòng quanh nhau."),
    (
        r"no step says its hours, the limit of channel (.*) is (.*)",
        "Chưa bước nào có số giờ, còn thời hạn của cách nộp “%s” là %s giờ.",
    ),
    (r"'(.*)' is not a name for a (?:task|opinion)", "Mã “%s” không dùng được: chữ thường không dấu, số, gạch nối."),
    (r"timeout: unknown effect.*", "Hẹn giờ: chưa chọn việc xảy ra khi hết giờ."),
    (r"'(.*)' inside another: one list at a time", "“%s” không lồng trong nhau được: mỗi lần xét một danh sách."),
    (r"too deep", "Điều kiện lồng quá sâu."),
    (r"longer than (.*) letters", "Điều kiện dài quá %s chữ."),
    (r"more than (\d+) members of lists", "Danh sách trong điều kiện dài quá %s mục."),
    (r"unknown name '(.*)'", "Điều kiện dùng tên không có: “%s”."),
    (r"'(.*)' at letter (\d+) is not understood(.*)", "Không hiểu “%s” ở chữ thứ %s của điều kiện%s."),
    (r"breaks off", "Điều kiện chưa viết hết."),
    (r"'(.*)' does not take \((.*)\).*", "Phép “%s” không so được hai kiểu khác nhau (%s)."),
    (r"gives (.*), not bool", "Đây không phải điều kiện đúng hoặc sai (kết quả là %s)."),
    (r"timeout: exactly one of hours and working_days", "Hẹn giờ: ghi số giờ hoặc số ngày, một trong hai."),
    (r"reception has no opinions.*", "Bước tiếp nhận không có ý kiến hoặc hẹn giờ: cả hai tính từ lúc tiếp nhận."),
    (r"timeout: closes a dossier before.*", "Hẹn giờ: không được dừng hồ sơ khi bước còn thời gian."),
    (r"timeout: .* out of bounds", "Hẹn giờ: thời gian không hợp lệ."),
    (r"(?:task|opinion) '(.*)' twice", "Hai dòng cùng mang mã “%s”."),
)
READ = tuple((re.compile(pattern, re.DOTALL), sentence) for pattern, sentence in SENTENCES)


def problems(found: list[str], definition: Definition) -> list[Told]:
    """The problems of the process, each with where it is."""
    return [_told(problem, {step.step: step for step in definition.process}) for problem in found]


def problems_of_step(code: str, found: list[str], definition: Definition) -> list[Told]:
    """The problems that the page of one step mends."""
    return [told for told in problems(found, definition) if told.step == code]


def sentence(text: str) -> str:
    """A problem without its place, in the reader's language; empty where the table does not know it."""
    if english():
        return text[:1].upper() + text[1:]
    for pattern, words_ in READ:
        if match := pattern.fullmatch(text):
            return (
                words_ % tuple(str(CHANNELS.get(each, each)) for each in match.groups(""))
                if match.groups()
                else words_
            )
    return ""


def _told(problem: str, steps: dict[str, Step]) -> Told:
    match = PLACE.fullmatch(problem)
    if match is None:
        return Told("", "", problem)
    step, inner = steps.get(match["step"] or ""), match["inner"] or ""
    place = now_("Bước %(step)s") % {"step": words.name(step)} if step else ""
    if step and inner:
        label = words.action(step, inner) if inner in step.then else inner
        place = now_("%(place)s, “%(inner)s”") % {"place": place, "inner": label}
    text = sentence(match["text"])
    return Told(step.step if step else "", place, text, "" if text else match["text"])
