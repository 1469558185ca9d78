"""The words for a result: what the registry says of it today, and line by line what a file was found to be."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from motcua.results.examining import Examined, Finding
from motcua.results.models import Result
from motcua.results.rules import UNLIMITED
from motcua.results.states import EXPIRED, State, label
from motcua.signing.report import Covers, Signature, Verdict
from motcua.sites.frame.signatures import COVERS, PROBLEMS, VERDICTS
from motcua.sites.frame.templatetags.frame import day, moment
from motcua.sites.frame.words import Tag, language

TAGS = {
    State.ISSUED: ("ok", "check"),
    State.SUSPENDED: ("soon", "pause"),
    State.REVOKED: ("late", "stop"),
    State.REPLACED: ("late", "right"),
    EXPIRED: ("late", "clock"),
}
OK, BAD, OPEN = ("ok", "check", _("Đạt")), ("late", "alert", _("Không đạt")), ("soon", "help", _("Chưa rõ"))
FINDINGS = {
    Finding.SAME: ("success", _("Đúng là tệp do hệ thống cấp"),
                   _("Tệp bạn gửi giống từng byte với tệp trong kho kết quả.")),
    Finding.CHANGED: ("warning", _("Tệp này ghi tên một kết quả của hệ thống nhưng đã bị thay đổi"),
                      _("Đừng dùng tệp này làm căn cứ. Hãy xin bản gốc từ người được cấp, hoặc hỏi cơ quan cấp.")),
    Finding.SIGNED: ("warning", _("Chữ ký số đáng tin cậy, nhưng kho kết quả không có văn bản này"),
                     _("Tệp không phải kết quả do hệ thống này cấp. Hãy hỏi cơ quan ghi trên giấy tờ.")),
    Finding.STRANGE: ("warning", _("Hệ thống không nhận ra tệp này"),
                      _("Không có kết quả nào giống tệp này và không có chữ ký số nào đáng tin cậy. "
                        "Đừng dùng tệp này làm căn cứ khi chưa hỏi cơ quan cấp.")),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One thing that was checked: what, how it came out as a tag, and that in words."""

    about: str
    tag: Tag
    told: str


def result_tag(result: Result, on: date) -> Tag:
    """The state of a result on a day; one without a document is not there yet."""
    state = result.state_on(on)
    if state == State.ISSUED and result.file_id is None:
        return Tag(now_("Chưa có văn bản"), "soon", "clock")
    if state == State.ISSUED and not result.granted:  # nobody must read "in force" beside a refusal
        return Tag(now_("Văn bản từ chối"), "soon", "stop")
    kind, icon = TAGS[state]
    return Tag(label(state, language()), kind, icon)


def state_told(result: Result, on: date) -> str:
    """What the registry says today, with since when, by which decision, replaced by what."""
    told = {
        State.SUSPENDED: now_("Tạm dừng hiệu lực từ %(since)s."),
        State.REVOKED: now_("Đã thu hồi ngày %(since)s theo quyết định số %(decision)s."),
        State.REPLACED: now_("Đã được thay bằng kết quả số %(new)s từ %(since)s."),
        EXPIRED: now_("Hết hiệu lực sau ngày %(until)s."),
    }
    refusal = "" if result.granted else now_("Văn bản từ chối giải quyết; không cấp quyền gì.")
    about = {"since": day(result.state_at), "decision": result.state_decision, "until": day(result.valid_until),
             "new": result.replaced_by.number if result.replaced_by else ""}  # fmt: skip
    state = result.state_on(on)
    if state == State.ISSUED and result.file_id is None:
        return now_("Đã cấp số, chưa có văn bản: chưa dùng được.")
    if state in told:
        return f"{refusal} {told[state] % about}".strip()
    return refusal or now_("Đang có hiệu lực.")


def holds(result: Result, on: date) -> bool:
    """Whether there is a document that counts on the day; a letter that refuses is one too."""
    return result.file_id is not None and result.state_on(on) == State.ISSUED


def standing_words(result: Result | None, on: date) -> dict[str, Any]:
    """Whether a result holds on a day, for a page that shows it beside other things; nothing for no result."""
    if result is None:
        return {}
    return {"result_tag": result_tag(result, on), "result_told": state_told(result, on),
            "result_holds": holds(result, on), "result_validity": validity_told(result),
            "result_signed": signed_told(result)}  # fmt: skip


def validity_told(result: Result) -> str:
    """Until when it holds; what could not be read is said to be unknown."""
    if not result.granted:
        return ""
    if result.valid_until:
        return now_("Từ %(first)s đến hết %(last)s") % {
            "first": day(result.valid_from), "last": day(result.valid_until),
        }  # fmt: skip
    if result.validity.strip().lower() == UNLIMITED:
        return now_("Không thời hạn, từ %(first)s") % {"first": day(result.valid_from)}
    words = f" ({result.validity})" if result.validity else ""
    return now_("Không rõ") + words


def signed_told(result: Result) -> str:
    """Who signed it, or that nobody did."""
    return result.signed_by or (now_("Chưa ký số") if result.file_id else now_("Đang chờ ký hoặc đang được tạo"))


def banner(found: Examined, on: date) -> dict[str, str]:
    """The sentence above all lines. A result of ours that no longer counts is no success."""
    kind, *words = FINDINGS[found.finding]
    title, told = map(str, words)
    if found.finding is Finding.SAME and found.result and not holds(found.result, on):
        kind, told = "warning", state_told(found.result, on)
        title = now_("Tệp là bản gốc, nhưng kết quả này không còn hiệu lực")
    return {"kind": kind, "title": title, "told": told}


def lines(found: Examined, on: date) -> list[Line]:
    """Everything that was checked, line by line: the file, its signatures, the registry today."""
    same = found.finding is Finding.SAME
    told = now_("Giống từng byte với tệp trong kho.") if same else now_("Không có tệp nào trong kho giống tệp này.")
    if found.finding is Finding.CHANGED:
        told = now_("Khác với tệp trong kho của kết quả ghi trong tệp.")
    checked = [Line(now_("Tệp"), tag(OK if same else BAD), told)]
    for number, each in enumerate(found.report.signatures, 1):
        checked += signature_lines(number, each)
    if not found.report.signatures:
        checked.append(Line(now_("Chữ ký số"), tag(OPEN), unsigned(found)))
    checked.append(registry_line(found, on))
    return checked


def signature_lines(number: int, found: Signature) -> list[Line]:
    """A signature: is the content as it was signed, whose is it, since when, was its certificate taken back."""
    if not found.signer:
        return [Line(now_("Chữ ký %(n)d") % {"n": number}, tag(BAD), problems(found))]
    who = ", ".join(dict.fromkeys(filter(None, (found.signer, found.organisation))))
    whole = found.intact and found.covers is not Covers.PART
    signer = (tag(OK if found.trusted else BAD), who if found.trusted else f"{who}. {problems(found)}")
    if not found.intact:
        signer = (tag(OPEN), now_("Ghi tên %(who)s; không xác nhận được vì nội dung đã thay đổi.") % {"who": who})
    stamped = found.time_stamped_at if found.intact else None
    time = (now_("Cơ quan cấp dấu thời gian xác nhận ký lúc %(at)s.") % {"at": moment(stamped)} if stamped
            else now_("Không có dấu thời gian; người ký ghi %(at)s.") % {"at": moment(found.signed_at)})  # fmt: skip
    if found.time_stamped_at and not found.intact:
        time = now_("Dấu thời gian là của nội dung trước khi bị thay đổi.")
    known, about = found.revocation_known and found.trusted, {"n": number}
    return [
        Line(now_("Chữ ký %(n)d: nội dung") % about, tag(OK if whole else BAD),
             str(COVERS[found.covers]) if whole else problems(found)),
        Line(now_("Chữ ký %(n)d: người ký") % about, *signer),
        Line(now_("Chữ ký %(n)d: thời điểm") % about, tag(OK if stamped else OPEN), time),
        Line(now_("Chữ ký %(n)d: chứng thư số") % about, tag(OK if known else OPEN),
             now_("Không bị thu hồi vào lúc ký; do %(issuer)s cấp, số %(serial)s.")
             % {"issuer": found.issuer, "serial": found.serial} if known else str(PROBLEMS["revocation_unknown"])),
    ]  # fmt: skip


def registry_line(found: Examined, on: date) -> Line:
    """What the registry says today of the result that the file is, or says it is."""
    result = found.result
    if result is None:
        return Line(now_("Kho kết quả hôm nay"), tag(OPEN), now_("Kho kết quả không có văn bản này."))
    if found.finding is Finding.CHANGED:
        told = now_("Kết quả số %(number)s trong kho: %(state)s Tệp bạn gửi không phải bản đó.")
        about = {"number": result.number, "state": state_told(result, on)}
        return Line(now_("Kho kết quả hôm nay"), tag(BAD), told % about)
    return Line(f"{now_('Kho kết quả hôm nay')}: {result.number}", result_tag(result, on), state_told(result, on))


def unsigned(found: Examined) -> str:
    """Why no signature is listed."""
    if found.report.verdict is Verdict.NOT_SIGNED:
        return now_("Tệp chưa ký số.")
    return " ".join(str(PROBLEMS.get(each, each)) for each in found.report.problems)


def problems(found: Signature) -> str:
    """What is wrong with a signature, in words."""
    return " ".join(str(PROBLEMS.get(each, each)) for each in found.problems)


def tag(mark: tuple[str, str, Any]) -> Tag:
    """How a check came out."""
    kind, icon, word = mark
    return Tag(str(word), kind, icon)


def verdict_told(found: Examined) -> tuple[str, str]:
    """The verdict about the signatures alone: a sentence, and what to do."""
    what, do = VERDICTS[found.report.verdict]
    return str(what), str(do)
