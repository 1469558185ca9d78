"""The twenty papers that cost most, as a picture: who gives them, how many sheets, which fields ask. Needs no script."""

from collections import Counter
from html import escape
from textwrap import wrap

from motcua.review.report import Report, Saving

WIDTH, ROW, TOP, TEXT_END, BAR, FIELDS_AT = 1180, 42, 92, 420, 300, 900
TEXT, MUTED, LINK, TINT, PAPER = "#1f1a17", "#5c534d", "#0b4f8a", "#b9d3e8", "#ffffff"
MOST, MOST_FIELDS = 20, 12
NARROW, NARROW_ROW, NARROW_TOP = 328, 92, 78  # a phone of 360 px, without its margins
TITLE = "Giấy tờ Nhà nước đã cấp mà vẫn hỏi người dân nộp nhiều nhất"
NOTE = "Thanh: số bản giấy bớt được khi mỗi thủ tục làm một lần. Đường nối: lĩnh vực đang đòi, càng to càng nhiều."
OTHERS = "Các lĩnh vực khác"


def draw(report: Report) -> str:
    """The SVG document. Papers on the left, bars beside them, lines to the fields that ask; all in words too."""
    rows = report.savings[:MOST]
    fields = {asker.code: asker.field or "(không ghi lĩnh vực)" for asker in report.askers}
    asked = Counter(fields[code] for row in rows for code in row.askers)
    named = [name for name, _ in sorted(asked.items(), key=lambda one: (-one[1], one[0]))[:MOST_FIELDS]]
    shown = [*named, *([OTHERS] if len(asked) > len(named) else [])]
    height = TOP + ROW * max(len(rows), len(shown), 1) + 24
    step = (height - TOP - 24) / max(len(shown), 1)
    places = {name: TOP + step * nth + ROW / 2 for nth, name in enumerate(shown)}
    told = " ".join(
        f"{nth}. {row.name}: {row.sheets} bản, {len(row.askers)} thủ tục." for nth, row in enumerate(rows, 1)
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="vi" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}"'
        f' height="{height}" aria-labelledby="once-title once-desc" font-family="Be Vietnam Pro, sans-serif">',
        f'<title id="once-title">{TITLE}</title><desc id="once-desc">{escape(told or "Không có giấy tờ nào.")}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
        _text(24, 34, TITLE, 'font-size="20" font-weight="600"'), _text(24, 58, NOTE, 'font-size="13"', MUTED),
        *(_lines(row, nth, places, fields) for nth, row in enumerate(rows)),
        *(_row(row, nth, rows[0].sheets) for nth, row in enumerate(rows)),
        *(_field(name, y, _count(name, asked, named)) for name, y in places.items()),
        "</svg>",
    ]  # fmt: skip
    return "".join(parts)


def draw_narrow(report: Report) -> str:
    """The same for a narrow screen: each paper above its bar, and which fields ask in words."""
    rows = report.savings[:MOST]
    fields = {asker.code: asker.field or "(không ghi lĩnh vực)" for asker in report.askers}
    height = NARROW_TOP + NARROW_ROW * max(len(rows), 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="vi" viewBox="0 0 {NARROW} {height}" width="{NARROW}"'
        f' height="{height}" font-family="Be Vietnam Pro, sans-serif"><title>{TITLE}</title>',
        f'<rect width="{NARROW}" height="{height}" fill="{PAPER}"/>',
        *(_text(4, 18 + 19 * nth, said, 'font-size="15" font-weight="600"') for nth, said in enumerate(wrap(TITLE, 36))),
        *(_narrow_row(row, nth, rows[0].sheets, fields) for nth, row in enumerate(rows)),
        "</svg>",
    ]  # fmt: skip
    return "".join(parts)


def _narrow_row(row: Saving, nth: int, most: int, fields: dict[str, str]) -> str:
    y = NARROW_TOP + NARROW_ROW * nth
    name = wrap(f"{nth + 1}. {row.name}", 42)
    said = [name[0], name[1] + ("…" if len(name) > 2 else "")] if len(name) > 1 else name
    (field, count), *others = Counter(fields[code] for code in row.askers).most_common()
    asked = f"{field if len(field) <= 30 else field[:29] + '…'} {count}" + (
        f" và {len(others)} lĩnh vực" if others else ""
    )
    long = max(4.0, (NARROW - 8) * row.sheets / max(most, 1))
    return (
        "".join(_text(4, y + 16 * place, one, 'font-size="14"') for place, one in enumerate(said))
        + f'<rect x="4" y="{y + 23}" width="{long:.1f}" height="10" fill="{LINK}"/>'
        + _text(4, y + 48, f"{row.sheets} bản · {len(row.askers)} thủ tục đòi · {len(row.givers)} cấp",
                'font-size="13"', MUTED)
        + _text(4, y + 64, asked, 'font-size="13"', MUTED)
    )  # fmt: skip


def _count(name: str, asked: Counter[str], named: list[str]) -> int:
    return asked[name] if name != OTHERS else sum(asked.values()) - sum(asked[one] for one in named)


def _row(row: Saving, nth: int, most: int) -> str:
    y = TOP + ROW * nth
    name = wrap(row.name, 56)
    said = [name[0], name[1] + ("…" if len(name) > 2 else "")] if len(name) > 1 else name
    long = max(4.0, BAR * row.sheets / max(most, 1))
    names = "".join(
        _text(TEXT_END, y + 18 + 15 * place, one, 'font-size="13" text-anchor="end"')
        for place, one in enumerate(said)
    )
    figures = f"{row.sheets} bản · {len(row.askers)} thủ tục đòi · {len(row.givers)} thủ tục cấp"
    return (
        f'{names}<rect x="{TEXT_END + 12}" y="{y + 8}" width="{long:.1f}" height="12" fill="{LINK}"/>'
        + _text(TEXT_END + 12, y + 34, figures, 'font-size="12"', MUTED)
    )  # fmt: skip


def _lines(row: Saving, nth: int, places: dict[str, float], fields: dict[str, str]) -> str:
    begin, y = TEXT_END + BAR + 16, TOP + ROW * nth + 14
    asking = Counter(fields[code] if fields[code] in places else OTHERS for code in row.askers)
    return "".join(
        f'<path d="M{begin} {y} C{begin + 70} {y} {FIELDS_AT - 80} {places[name]:g} {FIELDS_AT - 8} {places[name]:g}"'
        f' fill="none" stroke="{TINT}" stroke-width="{min(1 + count / 2, 12):g}"/>'
        for name, count in sorted(asking.items())
    )


def _field(name: str, y: float, count: int) -> str:
    short = name if len(name) <= 34 else name[:33] + "…"
    return _text(FIELDS_AT, y, short, 'font-size="13"') + _text(
        FIELDS_AT, y + 15, f"{count} lượt đòi", 'font-size="12"', MUTED
    )


def _text(x: float, y: float, said: str, look: str, colour: str = TEXT) -> str:
    return f'<text x="{x:g}" y="{y:g}" fill="{colour}" {look}>{escape(said)}</text>'
