"""What stands on a picture of a process, in both languages, and the whole picture in words."""

from motcua.catalogue.definition import ROLES, Definition, Step
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


def action(step: Step, code: str, language: str) -> str:
    """What an action of a step is called; one that the edition named itself by its name in plain letters."""
    plain = code.replace("_", " ").replace("-", " ")
    own = DECISION_WORDS if step.does == "decide" else {}
    return said(own.get(code) or ACTION_WORDS.get(code, (plain, plain)), language)


def arrow_words(arrow: Arrow, definition: Definition, language: str) -> str:
    """The label of an arrow: its action, and when it may be taken."""
    step = next(step for step in definition.process if step.step == arrow.step)
    when = in_words(arrow.when, definition.form, language) if arrow.when else ""
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
        told.append(f"{names[step.step]} ({_who(step, language)}): {'; '.join(ways)}.")
    return told


def _who(step: Step, language: str) -> str:
    return f"{role(step.role, language)}, {hours(step.hours, language)}"
