"""What stands on a picture of a process, in both languages, and the whole picture in words."""

from motcua.catalogue.definition import ROLES, Definition, Step, Task, Timeout
from motcua.processes.paths import Arrow, arrows
from motcua.processes.words import in_words

Pair = tuple[str, str]  # Vietnamese, English
FILER = "filer"  # the lane of the person who files
ROLE_WORDS: dict[str, Pair] = {
    FILER: ("Người nộp hồ sơ", "Filer"),
    "reception": (ROLES["reception"], "Reception and return"),
    "clerk": (ROLES["clerk"], "Clerk"),
    "head": (ROLES["head"], "Head of department"),
    "approver": (ROLES["approver"], "Approver"),
}
ACTION_WORDS: dict[str, Pair] = {
    "pass": ("Chuyển tiếp", "Pass on"),
    "return": ("Trả lại", "Return"),
    "ask_more": ("Yêu cầu bổ sung", "Ask for more papers"),
    "refuse": ("Đề nghị từ chối", "Propose refusal"),
    "hand_over": ("Trả kết quả", "Hand over"),
}
DECISION_WORDS: dict[str, Pair] = {"pass": ("Đồng ý", "Grant"), "refuse": ("Từ chối", "Refuse")}
END: Pair = ("Kết thúc", "End")
SUPPLEMENT: Pair = ("Nộp bổ sung", "Supplement")
AUTOMATIC: Pair = ("Tự động", "Automatic")
OTHERWISE: Pair = ("Còn lại", "Otherwise")
OPINION: Pair = ("Lấy ý kiến: %s, %s", "Opinion of: %s, %s")
TASKS: Pair = ("%d việc phải làm", "%d tasks to do")
TASK: Pair = ("Việc: %s", "Task: %s")
OPTIONAL: Pair = ("không bắt buộc", "optional")
TIMEOUT: Pair = ("Sau %s: %s", "After %s: %s")
TIMEOUT_WORDS: dict[str, Pair] = {
    "remind": ("nhắc việc", "remind"),
    "escalate": ("chuyển lãnh đạo phòng", "give it to the head"),
    "close": ("đóng hồ sơ", "close the dossier"),
}
HERE: Pair = ("Đang ở bước này", "Now here")
PASSED: Pair = ("Đã qua", "Done")
NO_LIMIT: Pair = ("không giới hạn thời gian", "no time limit")
TITLE: Pair = ("Quy trình giải quyết: %s", "Process: %s")


def said(pair: Pair, language: str) -> str:
    """The half of a pair for the reader."""
    return pair[1] if language == "en" else pair[0]


def role(code: str, language: str) -> str:
    """What a role is called; an unknown one by its code."""
    return said(ROLE_WORDS.get(code, (code, code)), language)


def step_name(step: Step, language: str) -> str:
    """What a step is called; Vietnamese where nobody wrote an English name."""
    return step.name_en if language == "en" and step.name_en else step.name


def hours(value: float | None, language: str) -> str:
    """``4 giờ làm việc``; a step of no hours is done within the office hours of the day, one of None has no limit."""
    if value is None:
        return said(NO_LIMIT, language)
    if not value:
        return said(("trong giờ hành chính", "within office hours"), language)
    number = f"{value:g}" if language == "en" else f"{value:g}".replace(".", ",")
    return said((f"{number} giờ làm việc", f"{number} working hour{'' if value == 1 else 's'}"), language)


def days(value: float, language: str) -> str:
    """``15 ngày làm việc``."""
    number = f"{value:g}" if language == "en" else f"{value:g}".replace(".", ",")
    return said((f"{number} ngày làm việc", f"{number} working day{'' if value == 1 else 's'}"), language)


def who(step: Step, language: str) -> list[str]:
    """Who has a step, and for how long."""
    if step.does == "automatic":
        return [said(AUTOMATIC, language)]
    return [role(step.role, language), hours(step.hours, language)]


def tasks(step: Step, language: str) -> list[str]:
    """The tasks of a step, a line each."""
    return [_named(TASK, task.name, task.name_en, language) + _more(task, language) for task in step.tasks]


def _more(task: Task, language: str) -> str:
    told = [hours(task.hours, language)] if task.hours else []
    told += [] if task.required else [said(OPTIONAL, language)]
    return f" ({', '.join(told)})" if told else ""


def _named(pair: Pair, name: str, english: str, language: str) -> str:
    return said(pair, language) % (english if language == "en" and english else name)


def asked(step: Step, language: str, short: bool = False) -> list[str]:
    """Whose opinions a step asks, and what happens by itself after how long, a line each; ``short`` for the picture."""
    told = [
        said(OPINION, language)
        % (one.name_en if language == "en" and one.name_en else one.name, _time(one.hours, language, short))
        for one in step.opinions
    ]
    return [*told, *timeouts(step, language, short)]


def timeouts(step: Step, language: str, short: bool = False) -> list[str]:
    """What happens by itself, a line each."""
    return [_timeout(one, language, short) for one in step.timeouts]


def _timeout(timeout: Timeout, language: str, short: bool) -> str:
    effect = said(TIMEOUT_WORDS.get(timeout.then, (timeout.then, timeout.then)), language)
    if timeout.hours is None:
        return said(TIMEOUT, language) % (days(timeout.working_days or 0, language), effect)
    return said(TIMEOUT, language) % (_time(timeout.hours, language, short), effect)


def _time(value: float, language: str, short: bool) -> str:
    return (
        hours(value, language).replace(" làm việc", "").replace(" working", "") if short else hours(value, language)
    )


def notes(step: Step, language: str) -> list[str]:
    """What stands in the box of a step below its name: who, how long, how many tasks, whose opinions, what by itself."""
    count = len(step.tasks)
    counted = [said(TASKS, language) % count if count > 1 else tasks(step, language)[0]] if count else []
    return [*who(step, language), *(f"– {one}" for one in (*counted, *asked(step, language, short=True)))]


def action(step: Step, code: str, language: str) -> str:
    """What an action of a step is called: as the edition says, else its usual word, else its code in plain letters."""
    way = step.exit(code)
    if way and way.name:
        return way.name_en if language == "en" and way.name_en else way.name
    plain = code.replace("_", " ").replace("-", " ")
    own = DECISION_WORDS if step.does == "decide" else {}
    return said(own.get(code) or ACTION_WORDS.get(code, (plain, plain)), language)


def arrow_words(arrow: Arrow, definition: Definition, language: str) -> str:
    """The label of an arrow: its action, and when it may be taken; of an automatic step only when it is."""
    step = next(step for step in definition.process if step.step == arrow.step)
    when = in_words(arrow.when, definition.form, language) if arrow.when else ""
    if step.does == "automatic":
        return when or said(OTHERWISE, language)
    return action(step, arrow.action, language) + (f" ({when})" if when else "")


def described(definition: Definition, language: str = "vi") -> list[str]:
    """The picture in words: a sentence a step, in order. Raises as `processes.paths.arrows`."""
    names = {step.step: step_name(step, language) for step in definition.process} | {"": said(END, language)}
    told = []
    for step in definition.process:
        ways = [
            f"{arrow_words(arrow, definition, language)} → {names[arrow.to]}"
            for arrow in arrows(definition.process)
            if arrow.step == step.step
        ]
        extra = "".join(f" {line}." for line in (*tasks(step, language), *asked(step, language)))
        told.append(f"{names[step.step]} ({', '.join(who(step, language))}): {'; '.join(ways)}.{extra}")
    return told
