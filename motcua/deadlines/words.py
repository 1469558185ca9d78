"""The explanation of a due date as one sentence for the citizen, in Vietnamese or English. Pure."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from motcua.base.worktime import DAY_MINUTES, local
from motcua.deadlines.counted import Verdict
from motcua.deadlines.counting import Note, stamp

WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
BECAUSE = {
    "vi": {
        "in_hours": "",
        "break": " (nhận trong giờ nghỉ)",
        "before_opening": " (nhận trước giờ làm việc)",
        "before_count": " (nhận trước giờ bắt đầu tính trong ngày)",
        "after_hours": " (nhận sau giờ làm việc)",
        "day_off": " (nhận vào ngày nghỉ)",
        "cut_off": " (nhận sau giờ chốt tiếp nhận trong ngày)",
        "last_hour": " (nhận trong giờ làm việc cuối cùng của ngày)",
    },
    "en": {
        "in_hours": "",
        "break": " (received during the break)",
        "before_opening": " (received before opening)",
        "before_count": " (received before the hour from which the day counts)",
        "after_hours": " (received after hours)",
        "day_off": " (received on a day off)",
        "cut_off": " (received after the day's cut-off time)",
        "last_hour": " (received in the last working hour of the day)",
    },
}
TERM = {
    "vi": {
        "hours": "thời hạn {} làm việc",
        "working_days": "thời hạn {} làm việc",
        "days": "thời hạn {}",
        "months": "thời hạn {}",
        "within": "giải quyết trong ngày tiếp nhận",
        "within_days": "thời hạn {} làm việc kể cả ngày tiếp nhận",
    },
    "en": {
        "hours": "{} working hour{s}",
        "working_days": "{} working day{s}",
        "days": "{} day{s}",
        "months": "{} month{s}",
        "within": "done on the day of receipt",
        "within_days": "{} working days, the day of receipt included",
    },
}
UNITS = {"hours": "giờ", "working_days": "ngày", "days": "ngày", "months": "tháng", "within_days": "ngày"}
SENTENCES = {
    "vi": {
        "received": "Nhận lúc {at}",
        "starts": "tính từ {at}{because}",
        "at_once": "tính ngay từ lúc nhận",
        "off": "{days} {why}",
        "works": "{days} {why}",
        "late": "nhận sau {after} nên lùi một ngày làm việc",
        "moved": "ngày cuối {days} là ngày nghỉ nên lùi đến ngày làm việc tiếp theo",
        "paused": "chờ bổ sung từ {since} đến {until}, cộng thêm {time} làm việc",
        "unpaid": "chờ nộp phí, lệ phí từ {since} đến {until}, cộng thêm {time} làm việc",
        "completed": "Nhận lần đầu lúc {filed}; nhận đủ hồ sơ lúc {at} nên thời hạn được tính lại từ đầu",
        "extended": "cơ quan xin lỗi và hẹn lại một lần, lần hẹn trước là {before}, lý do: {reason}",
        "handed_to": "hồ sơ chuyển đến {name} lúc {at}, thời hạn vẫn tính tiếp",
        "due": "hẹn trả {at}",
    },
    "en": {
        "received": "Received at {at}",
        "starts": "counted from {at}{because}",
        "at_once": "counted at once",
        "off": "{days} off: {why}",
        "works": "{days}: {why}",
        "late": "received after {after}, so one working day later",
        "moved": "the last day, {days}, is a day off, so the next working day counts",
        "paused": "{time} of working time added for a supplement, awaited {since} to {until}",
        "unpaid": "{time} of working time added for a fee, awaited {since} to {until}",
        "completed": "First received at {filed}; complete at {at}, so the time begins again",
        "extended": "the agency apologised and gave one new appointment, the one before was {before}, because: {reason}",
        "handed_to": "handed to {name} at {at}, the time goes on",
        "due": "due at {at}",
    },
}

COUNTED = {
    "vi": {
        "on_time": "đúng hạn",
        "late": "quá hạn",
        "open_in_time": "đang giải quyết, còn trong hạn",
        "open_late": "đang giải quyết, đã quá hạn",
        "not_counted": "không tính",
        "appointment": "so {end} với ngày hẹn trả {due}",
        "law": "không có ngày hẹn trả nên so {end} với thời hạn tối đa theo quy định, hết {due}",
        "second_supplement": "yêu cầu bổ sung từ lần thứ hai bị tính là quá hạn",
        "not_received": "hồ sơ chưa được tiếp nhận",
        "no_limit": "không có ngày hẹn trả và không rõ thời hạn theo quy định",
        "decided": "lúc giải quyết xong {at}",
        "handed_over": "lúc trả kết quả {at}",
        "stopped": "lúc dừng xử lý {at}",
        "refused_to_receive": "lúc từ chối {at}",
        "withdrawn": "lúc người nộp rút hồ sơ {at}",
        "supplement_asked": "lúc yêu cầu bổ sung {at}",
        "period": "thời điểm tính {at}",
    },
    "en": {
        "on_time": "on time",
        "late": "late",
        "open_in_time": "in process, within time",
        "open_late": "in process, overdue",
        "not_counted": "not counted",
        "appointment": "{end} is compared with the appointment, {due}",
        "law": "there is no appointment, so {end} is compared with the longest time of the law, until {due}",
        "second_supplement": "a second request for supplement counts as late",
        "not_received": "the dossier was not received",
        "no_limit": "there is no appointment, and the time of the law is not known",
        "decided": "the decision at {at}",
        "handed_over": "the handing over at {at}",
        "stopped": "the stop at {at}",
        "refused_to_receive": "the refusal at {at}",
        "withdrawn": "the withdrawal at {at}",
        "supplement_asked": "the request for supplement at {at}",
        "period": "the moment of counting, {at},",
    },
}


def explain(explanation: Iterable[Note], language: str = "vi") -> str:
    """``Due.explanation`` (also as read back from JSON) as one sentence, in Vietnamese or else in English."""
    speech = "vi" if language == "vi" else "en"
    notes = list(explanation)
    received, then, *rest = [sentence(note, speech) for note in notes]
    glue = ", " if notes[1]["kind"] == "starts" else "; "
    return "; ".join([f"{received}{glue}{then}", *rest]) + "."


def counted_words(verdict: Verdict, language: str = "vi") -> str:
    """How the State counts the dossier and why, as one sentence."""
    speech = "vi" if language == "vi" else "en"
    said = COUNTED[speech]
    at = moment_words(stamp(verdict.end), speech) if verdict.end else ""
    due = moment_words(stamp(verdict.due), speech) if verdict.due else ""
    end = said[verdict.by].format(at=at) if verdict.by else ""
    return f"{said[verdict.outcome]}: {said[verdict.because].format(end=end, due=due)}."


def sentence(note: Note, speech: str) -> str:
    """One reason in words."""
    kind = note["kind"]
    if kind == "term":
        return term_words(note, speech)
    if kind == "starts" and "at" in note and note["because"] == "in_hours":
        kind = "at_once"
    return SENTENCES[speech][kind].format(**values(note, speech))


def values(note: Note, speech: str) -> dict[str, Any]:
    """What the sentence of a note is filled with, as people write it."""
    found: dict[str, Any] = {"after": note.get("after"), "name": note.get("name")}
    found |= {name: moment_words(note[name], speech) for name in ("at", "filed", "before") if name in note}
    found["reason"] = str(note.get("reason", "")).rstrip(". ")
    if note["kind"] == "starts":
        found["because"] = BECAUSE[speech][note["because"]]
        if "date" in note:
            found["at"] = day_words(date.fromisoformat(note["date"]), speech)
    elif note["kind"] in {"off", "works", "moved"}:
        found["days"] = days_words(note, speech)
        why = str(note.get("why" if speech == "vi" else "why_en", ""))
        found["why"] = why[:1].lower() + why[1:] if speech == "vi" else why
    elif note["kind"] in {"paused", "unpaid"}:
        found |= {"since": moment_words(note["from"], speech), "until": moment_words(note["until"], speech)}
        found["time"] = time_words(note["minutes"], speech)
    return found


def term_words(note: Note, speech: str) -> str:
    """The time the law gives."""
    unit, amount = note["unit"], note["amount"]
    if "if_after" in note:
        days = amount / 8 if unit == "hours" else amount
        unit, amount = ("within", days) if days <= 1 else ("within_days", -(-days // 1))
    return TERM[speech][unit].format(amount_words(unit, amount, speech), s="" if amount <= 1 else "s")


def amount_words(unit: str, amount: float, speech: str) -> str:
    """The amount of a term with its unit in Vietnamese, as people say it: ``"nửa ngày"``, ``"2 ngày rưỡi"``."""
    whole, half = int(amount), amount % 1 == 0.5
    number = f"{amount:g}".replace(".", "," if speech == "vi" else ".")
    if speech == "en":
        return ("half a" if not whole else f"{whole} and a half") if half else number
    name = UNITS.get(unit, "")
    if half:
        return f"{whole} {name} rưỡi" if whole else f"nửa {name}"
    return f"{number} {name}"


def moment_words(stamped: str, speech: str) -> str:
    """``"15:40 thứ Sáu 30/01/2026"``."""
    here = local(datetime.fromisoformat(stamped))
    return f"{here:%H:%M} {day_words(here.date(), speech)}"


def day_words(day: date, speech: str) -> str:
    """``"thứ Sáu 30/01/2026"``."""
    return f"{WEEKDAYS[speech][day.weekday()]} {day:%d/%m/%Y}"


def days_words(note: Note, speech: str) -> str:
    """A run of days, short: ``"16–20/02"``, ``"30/04–03/05"``; a single one as ``"thứ Hai 31/08"``."""
    first = date.fromisoformat(note.get("first") or note["date"])
    last = date.fromisoformat(note.get("last") or note["date"])
    if first == last:
        return f"{WEEKDAYS[speech][first.weekday()]} {first:%d/%m}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%d}–{last:%d/%m}"
    return f"{first:%d/%m}–{last:%d/%m}"


def time_words(minutes: int, speech: str) -> str:
    """``"1 giờ 30 phút"``; empty parts are left out."""
    names = (" giờ", " phút") if speech == "vi" else (" h", " min")
    parts = zip(divmod(minutes, 60), names, strict=True)
    return " ".join(f"{amount}{name}" for amount, name in parts if amount)


def worked_words(minutes: int, speech: str) -> str:
    """Working time as people grasp it: from two working days of 8 hours on in days. ``"7 ngày 1 giờ"``, ``"0 phút"``."""
    days, rest = divmod(minutes, DAY_MINUTES) if minutes >= 2 * DAY_MINUTES else (0, minutes)
    day, none = (" ngày", "0 phút") if speech == "vi" else (" d", "0 min")
    parts = ([f"{days}{day}"] if days else []) + ([time_words(rest, speech)] if rest else [])
    return " ".join(parts) or none
