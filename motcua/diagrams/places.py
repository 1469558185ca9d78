"""Where things lie on the picture of a process: boxes from top to bottom, arrows between and beside them.

Top to bottom, because the picture must be readable at 360 px without scrolling sideways. Going on to the next step is a
straight line; what jumps ahead runs on the left, what comes back on the right, each on a track of its own.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from motcua.catalogue.definition import Definition, Step
from motcua.diagrams import words
from motcua.processes.paths import Arrow, arrows

BOX_WIDTH, LETTER = 204, 7.8  # px; LETTER: of one letter on average at 14 px, Vietnamese marks add no width
LINE, PADDING, GAP, TRACK, LABEL = 20, 12, 56, 10, 66
SMALL, NOTE = 6.6, 7.2  # a letter at 12 px and at 13


@dataclass(frozen=True, slots=True)
class Box:
    """A step, or the end where ``step`` is None; ``lines`` is its name and ``notes`` what it says below, cut to fit."""

    step: Step | None
    lines: tuple[str, ...]
    y: float
    height: float
    notes: tuple[str, ...] = ()
    marked: bool = False

    @property
    def middle(self) -> float:
        """The middle of its side."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow as points with its label. ``side``: on, ahead (left) or back (right)."""

    arrow: Arrow
    points: tuple[tuple[float, float], ...]
    label: tuple[str, ...]
    label_at: tuple[float, float]
    side: str
    anchor: str


class Place(NamedTuple):
    """From which box to which an arrow goes, on which track, as which of those that leave this side.

    ``above``: how many lines the labels of those before it take.
    """

    start: Box
    end: Box
    left: float
    track: int
    nth: int
    several: bool
    above: int


@dataclass(frozen=True, slots=True)
class Picture:
    """All places; ``left`` is where the boxes begin."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    left: float
    width: float
    height: float


def picture(definition: Definition, language: str, marked: frozenset[str] = frozenset()) -> Picture:
    """The picture. ``marked`` steps get a line more, for a word. Raises as `processes.paths.arrows`."""
    found = arrows(definition.process)
    boxes = _boxes(definition, language, marked)
    order = {box.step.step if box.step else "": place for place, box in enumerate(boxes)}
    sides = [_side(order[arrow.step], order[arrow.to]) for arrow in found]
    left = (LABEL + sides.count("ahead") * TRACK if "ahead" in sides else 0) + 4
    tracks = {"on": count(), "ahead": count(1), "back": count(1)}
    pairs = Counter((arrow.step, side) for arrow, side in zip(found, sides, strict=True))
    starts: dict[tuple[str, str], int] = {}
    above: Counter[tuple[str, str]] = Counter()
    lines = []
    for arrow, side in zip(found, sides, strict=True):
        label = wrapped(words.arrow_words(arrow, definition, language), _room(side), SMALL)
        nth = starts[arrow.step, side] = starts.get((arrow.step, side), -1) + 1
        ends = boxes[order[arrow.step]], boxes[order[arrow.to]]
        several = pairs[arrow.step, side] > 1
        place = Place(*ends, left, next(tracks[side]), nth, several, above[arrow.step, side])
        above[arrow.step, side] += len(label) if nth else 0
        lines.append(_on(arrow, place, label) if side == "on" else _beside(arrow, side, place, label))
    right = LABEL + sides.count("back") * TRACK if "back" in sides else 0
    bottom = boxes[-1].y + boxes[-1].height + 4
    return Picture(tuple(boxes), tuple(lines), left, left + BOX_WIDTH + right + 4, bottom)


def _side(start: int, end: int) -> str:
    return "back" if end <= start else "on" if end == start + 1 else "ahead"


def _room(side: str) -> float:
    return BOX_WIDTH / 2 - 16 if side == "on" else LABEL - 8


def _boxes(definition: Definition, language: str, marked: frozenset[str]) -> list[Box]:
    found, y = [], 4.0
    per_side, below = _most_beside(definition), _lines_below(definition, language)
    for step in definition.process:
        lines = wrapped(words.step_name(step, language), BOX_WIDTH - 2 * PADDING, LETTER)
        inside = BOX_WIDTH - 2 * PADDING
        notes = tuple(line for note in words.notes(step, language) for line in wrapped(note, inside, NOTE))
        needed = (len(lines) + len(notes) + (step.step in marked)) * LINE + 2 * PADDING
        height = max(needed, per_side.get(step.step, 0) * 2 * LINE + PADDING)
        found.append(Box(step, lines, y, height, notes, step.step in marked))
        y += height + GAP + 13 * max(below[step.step] - 3, 0)  # three lines stand in the gap
    found.append(Box(None, (words.said(words.END, language),), y, LINE + PADDING))
    return found


def _most_beside(definition: Definition) -> dict[str, int]:
    """How many arrows leave a step on its fuller side: each needs room for its label."""
    order = {step.step: place for place, step in enumerate(definition.process)} | {"": len(definition.process)}
    found = arrows(definition.process)
    counts = Counter((arrow.step, _side(order[arrow.step], order[arrow.to])) for arrow in found)
    return {step: max(many for (of, _), many in counts.items() if of == step) for step, _ in counts}


def _lines_below(definition: Definition, language: str) -> Counter[str]:
    """How many lines the labels below a step take that stand one under the other: all but the first."""
    order = {step.step: place for place, step in enumerate(definition.process)} | {"": len(definition.process)}
    lines: Counter[str] = Counter()
    seen: set[str] = set()
    for arrow in arrows(definition.process):
        if _side(order[arrow.step], order[arrow.to]) == "on":
            label = wrapped(words.arrow_words(arrow, definition, language), _room("on"), SMALL)
            lines[arrow.step] += len(label) if arrow.step in seen else 0
            seen.add(arrow.step)
    return lines


def _on(arrow: Arrow, place: Place, label: tuple[str, ...]) -> Line:
    """Down to the next box; of several, the first has its label on the left."""
    bottom, top = place.start.y + place.start.height, place.end.y
    x = place.left + BOX_WIDTH / 2 + (20 * place.nth - 10 if place.several else 0)
    first = place.several and not place.nth
    at = (x - 8 if first else x + 8, bottom + 18 + 13 * place.above)
    return Line(arrow, ((x, bottom), (x, top)), label, at, "on", "end" if first else "start")


def _beside(arrow: Arrow, side: str, place: Place, label: tuple[str, ...]) -> Line:
    """Out at the upper half of one box, along its track, in at the lower half of the other."""
    start, end = place.start, place.end
    way = -1 if side == "ahead" else 1
    edge = place.left if side == "ahead" else place.left + BOX_WIDTH
    y = start.y + 30 + place.nth * 2 * LINE
    turn = edge + way * (LABEL - TRACK + place.track * TRACK)
    into = end.y + end.height - 8 - (place.track - 1) % 4 * 7
    points = ((edge, y), (turn, y), (turn, into), (edge, into))
    at = (edge + way * 6, y - 5 - (len(label) - 1) * 13)
    return Line(arrow, points, label, at, side, "end" if side == "ahead" else "start")


def wrapped(text: str, width: float, letter: float) -> tuple[str, ...]:
    """The text in lines of at most ``width`` px, broken between words; a longer word is cut with a sign."""
    most = max(int(width / letter), 4)
    lines: list[str] = []
    for word in text.split():
        short = word if len(word) <= most else f"{word[: most - 1]}…"
        if lines and len(lines[-1]) + 1 + len(short) <= most:
            lines[-1] += f" {short}"
        else:
            lines.append(short)
    return tuple(lines) or ("",)
