"""The picture of a process as SVG: made on the server, needs no script, prints, and has its words.

Colours are presentation attributes with the design tokens of the house (and their defaults, for a picture that stands
alone), since no style may be written into a page. Where a dossier went is told by thicker lines and a word in the box,
where it is by a double frame and a word; never by colour alone.
"""

from dataclasses import dataclass, field
from html import escape

from motcua.catalogue.definition import Definition
from motcua.diagrams import words
from motcua.diagrams.places import BOX_WIDTH, LINE, PADDING, Box, Line, Picture, picture

TEXT, MUTED, PAPER = "var(--text,#1f1a17)", "var(--muted,#5c534d)", "var(--paper,#ffffff)"
EDGE, LINK, TINT = "var(--edge,#7a7068)", "var(--link,#0b4f8a)", "var(--link-tint,#e9f1f8)"
GREEN = "var(--green,#1b6b3a)"
CHECK = "m7.5 12.5 3 3 6-7"
CLOCK = "M12 6.5V12l3.5 2.5"


@dataclass(frozen=True, slots=True)
class Way:
    """Where a dossier went: the step it is at ("" when it has left), and how often it took each exit (step, action)."""

    here: str = ""
    taken: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def passed(self) -> frozenset[str]:
        """The steps that it left at least once."""
        return frozenset(step for step, _ in self.taken)


NOWHERE = Way()


def draw(definition: Definition, way: Way = NOWHERE, language: str = "vi", prefix: str = "process") -> str:
    """The SVG element; ``prefix`` keeps its ids apart from others on the page. Empty text for no process.

    Raises `DefinitionError` for a process that contradicts itself.
    """
    if not definition.process:
        return ""
    marked = way.passed | ({way.here} if way.here else frozenset())
    placed = picture(definition, language, marked)
    told = " ".join(f"{nth}. {one}" for nth, one in enumerate(words.described(definition, language), 1))
    name = definition.name.en if language == "en" and definition.name.en else definition.name.vi
    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="process" role="img" lang="{language}"'
        f' viewBox="0 0 {placed.width:g} {placed.height:g}" width="{placed.width:g}" height="{placed.height:g}"'
        f' aria-labelledby="{prefix}-title {prefix}-desc" font-family="inherit">',
        f'<title id="{prefix}-title">{escape(words.said(words.TITLE, language) % name)}</title>',
        f'<desc id="{prefix}-desc">{escape(_where(definition, way, language) + told)}</desc>',
        _heads(prefix),
        *(_line(line, way.taken.get(line.arrow[:2], 0), prefix) for line in placed.lines),
        *(_box(box, placed, way, language) for box in placed.boxes),
        *(_label(line, way.taken.get(line.arrow[:2], 0)) for line in placed.lines),
        "</svg>",
    ]
    return "".join(body)


def _where(definition: Definition, way: Way, language: str) -> str:
    """First what everybody wants to know."""
    names = [words.step_name(step, language) for step in definition.process if step.step == way.here]
    return f"{words.said(words.HERE, language)}: {names[0]}. " if names else ""


def _heads(prefix: str) -> str:
    shape = 'viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse"'
    path = '<path d="M0 0 8 4 0 8z" fill="{}"/>'
    return "<defs>" + "".join(
        f'<marker id="{prefix}-{name}" orient="auto" {shape}>{path.format(colour)}</marker>'
        for name, colour in (("head", EDGE), ("gone", LINK))
    ) + "</defs>"  # fmt: skip


def _line(line: Line, times: int, prefix: str) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in line.points)
    drawn = f'stroke="{LINK}" stroke-width="3"' if times else f'stroke="{EDGE}" stroke-width="1.5"'
    dashes = ' stroke-dasharray="5 3"' if line.side == "back" else ""
    head = "gone" if times else "head"
    return f'<polyline points="{points}" fill="none" {drawn}{dashes} marker-end="url(#{prefix}-{head})"/>'


def _label(line: Line, times: int) -> str:
    x, y = line.label_at
    anchor = ' text-anchor="end"' if line.anchor == "end" else ""
    lines = [*line.label[:-1], f"{line.label[-1]} ×{times}" if times > 1 else line.label[-1]]
    spans = "".join(f'<tspan x="{x:g}" y="{y + 13 * nth:g}">{escape(one)}</tspan>' for nth, one in enumerate(lines))
    weight = ' font-weight="600"' if times else ""
    halo = f'stroke="{PAPER}" stroke-width="3" paint-order="stroke"'
    return f'<text font-size="12" fill="{TEXT}" {halo}{anchor}{weight}>{spans}</text>'


def _box(box: Box, placed: Picture, way: Way, language: str) -> str:
    here = box.step is not None and box.step.step == way.here
    frame = _frame(placed.left, box, here)
    x, y = placed.left + PADDING, box.y + PADDING + 14
    if box.step is None:
        middle = placed.left + BOX_WIDTH / 2
        return f'{frame}<text x="{middle:g}" y="{y - 2:g}" font-size="14" fill="{TEXT}" text-anchor="middle">' \
               f"{escape(box.lines[0])}</text>"  # fmt: skip
    texts = [_text(x, y + LINE * nth, one, 'font-size="14" font-weight="600"') for nth, one in enumerate(box.lines)]
    y += LINE * len(box.lines)
    texts += [_text(x, y + LINE * nth, one, 'font-size="13"', MUTED) for nth, one in enumerate(box.notes)]
    if box.marked:
        texts.append(_mark(x, y + LINE * len(box.notes), here, language))
    return frame + "".join(texts)


def _frame(left: float, box: Box, here: bool) -> str:
    if box.step is not None and box.step.does == "automatic":
        return _cut(left, box, here)
    round_ = box.height / 2 if box.step is None else 6
    size = f'width="{BOX_WIDTH}" height="{box.height:g}" rx="{round_:g}"'
    if not here:
        return f'<rect x="{left:g}" y="{box.y:g}" {size} fill="{PAPER}" stroke="{EDGE}" stroke-width="1.5"/>'
    inner = f'width="{BOX_WIDTH - 8}" height="{box.height - 8:g}" rx="4"'
    return (
        f'<rect x="{left:g}" y="{box.y:g}" {size} fill="{TINT}" stroke="{LINK}" stroke-width="3"/>'
        f'<rect x="{left + 4:g}" y="{box.y + 4:g}" {inner} fill="none" stroke="{LINK}"/>'
    )


def _cut(left: float, box: Box, here: bool) -> str:
    """The shape of an automatic step: its corners are cut, as nobody sits there."""
    right, bottom, cut = left + BOX_WIDTH, box.y + box.height, PADDING
    points = (
        (left + cut, box.y), (right - cut, box.y), (right, box.y + cut), (right, bottom - cut),
        (right - cut, bottom), (left + cut, bottom), (left, bottom - cut), (left, box.y + cut),
    )  # fmt: skip
    drawn = f'stroke="{LINK}" stroke-width="3"' if here else f'stroke="{EDGE}" stroke-width="1.5"'
    corners = " ".join(f"{x:g},{y:g}" for x, y in points)
    return f'<polygon points="{corners}" fill="{TINT if here else PAPER}" {drawn}/>'


def _text(x: float, y: float, text: str, font: str, colour: str = TEXT) -> str:
    return f'<text x="{x:g}" y="{y:g}" {font} fill="{colour}">{escape(text)}</text>'


def _mark(x: float, y: float, here: bool, language: str) -> str:
    """The word with its sign: a clock where the dossier is, a tick where it was."""
    colour, path, pair = (LINK, CLOCK, words.HERE) if here else (GREEN, CHECK, words.PASSED)
    sign = (
        f'<g transform="translate({x:g} {y - 13:g}) scale(.66)" fill="none" stroke="{colour}" stroke-width="2.5">'
        f'<circle cx="12" cy="12" r="9.5"/><path d="{path}"/></g>'
    )
    return sign + _text(x + 22, y, words.said(pair, language), 'font-size="13" font-weight="600"', colour)
