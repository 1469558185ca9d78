"""The once-only report: per procedure what need not be asked and by whose result; which papers cost people most."""

from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from motcua.base.text import clean, fold
from motcua.catalogue.definition import Definition, Paper
from motcua.review.matching import CODE, RANK, Results
from motcua.review.names import Asked, Document, asked, given
from motcua.review.registers import REGISTERS, Register, register_of

Named = tuple[str, str, tuple[str, ...]]  # a paper, the quality of the match, whose result


@dataclass(frozen=True, slots=True)
class Match:
    """A document of a line and the result it agrees best with; ``givers``: procedures with any agreeing result."""

    document: str
    result: str
    quality: str
    givers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a dossier with evidence. ``place`` counts from 1. ``sheets``: originals and copies, None: not stated.

    ``by_result``, ``by_register``: that evidence alone makes the whole line needless; otherwise only a part of it.
    ``waived``: the line itself already says that it falls away where a database answers. ``recorded``: the edition says
    where the State has it (``known_from``), so that it is offered at filing and no file is asked for.
    """

    place: int
    name: str
    sheets: int | None
    matches: tuple[Match, ...]
    registers: tuple[str, ...]
    by_result: bool
    by_register: bool
    waived: bool
    recorded: bool = False

    @property
    def givers(self) -> set[str]:
        """Every procedure whose result this line asks for."""
        return {giver for match in self.matches for giver in match.givers}

    @property
    def quality(self) -> str:
        """The weakest link that the line hangs on; "" without results."""
        return max((match.quality for match in self.matches), key=RANK.__getitem__, default="")


@dataclass(frozen=True, slots=True)
class Asker:
    """A procedure, how many lines its dossier has, and those with evidence."""

    code: str
    name: str
    field: str
    papers: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Saving:
    """A paper that would be asked no more: who asks, who gave it, and the ``sheets`` saved when each asking procedure
    is carried out once. ``unstated``: askers where the source states no
    sheets, or 0: shown at least, so counted as one.
    ``by_volume``: the same times dossiers a year, over the ``with_volume`` askers whose number is known; else None."""

    name: str
    askers: tuple[str, ...]
    givers: tuple[str, ...]
    qualities: dict[str, int]
    sheets: int
    unstated: int
    by_volume: int | None = None
    with_volume: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. ``edges``: pairs (whose result, whose paper), a procedure's own result among them."""

    askers: tuple[Asker, ...]
    savings: tuple[Saving, ...]
    register_savings: tuple[Saving, ...]
    edges: frozenset[tuple[str, str]]
    counts: dict[str, int] = field(default_factory=dict)


def review(
    definitions: Iterable[Definition],
    volumes: Mapping[str, int] | None = None,
    shown: Callable[[Iterable[Definition]], Iterable[Definition]] = iter,
) -> Report:
    """Compare every paper with every result. ``volumes``: dossiers a year by procedure, where known.

    ``shown`` sees the definitions go by, for somebody who waits.
    """
    walk = reviewing(definitions, volumes, shown)
    while True:
        try:
            next(walk)
        except StopIteration as done:
            report: Report = done.value
            return report


def reviewing(
    definitions: Iterable[Definition],
    volumes: Mapping[str, int] | None = None,
    shown: Callable[[Iterable[Definition]], Iterable[Definition]] = iter,
) -> Generator[int, None, Report]:
    """The same in small steps, for who has other work in between: yields how many definitions were read and compared,
    each counted twice in the end, and returns the report."""
    known: list[Definition] = []
    for definition in definitions:
        known.append(definition)
        yield len(known)
    known.sort(key=lambda definition: definition.procedure)
    evidence, askers = _evidence(known), list[Asker]()
    for definition in shown(known):
        askers.append(_asker(definition, evidence))
        yield len(known) + len(askers)
    return _report(askers, volumes)


def _evidence(known: Iterable[Definition]) -> "Evidence":
    issued: dict[Document, set[str]] = defaultdict(set)
    coded: dict[str, dict[str, str]] = defaultdict(dict)
    for definition in known:
        for result in definition.results:
            if result.code:
                coded[fold(result.code)][definition.procedure] = result.name
            for document in given(result.name):
                issued[document].add(definition.procedure)
    return Evidence(Results(issued), issued, coded)


def _report(askers: Sequence[Asker], volumes: Mapping[str, int] | None) -> Report:
    edges = frozenset((giver, asker.code) for asker in askers for line in asker.lines for match in line.matches
                      for giver in match.givers)  # fmt: skip
    savings = _savings(
        askers, lambda line: [(match.result, match.quality, match.givers) for match in line.matches], volumes
    )
    registers = _savings(askers, lambda line: [(code, "", ()) for code in line.registers], volumes)
    return Report(tuple(askers), savings, registers, edges, _counts(askers, edges))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What results there are: to compare with, whose they are, and by code."""

    results: Results
    issued: Mapping[Document, set[str]]
    coded: Mapping[str, Mapping[str, str]]

    def of(self, document: Document, but: str) -> Match | None:
        """The result that agrees best, and everybody who gives one that agrees; ``but`` is nobody's own result."""
        found = [(result, how) for result, how in self.results.matches(document) if self.issued[result] - {but}]
        if not found:
            return None
        givers = set().union(*(self.issued[result] for result, _ in found)) - {but}
        best, how = found[0]
        spelt = [result for result, _ in found if result.words == best.words]
        name = max(spelt, key=lambda result: (len(self.issued[result]), result.said)).said
        return Match(document.said, name, how, tuple(sorted(givers)))

    def by_code(self, paper: Paper) -> Match | None:
        """The result whose code the line names, as its own code or as where it is known from."""
        for code in (*paper.known_from.split(), paper.code):
            if code and (givers := self.coded.get(fold(code))):
                return Match(clean(paper.name), clean(min(givers.values())), CODE, tuple(sorted(givers)))
        return None


def _asker(definition: Definition, evidence: Evidence) -> Asker:
    lines = (_line(place, paper, evidence, definition.procedure) for place, paper in enumerate(definition.papers, 1))
    kept = tuple(line for line in lines if line.matches or line.registers)
    return Asker(definition.procedure, clean(definition.name.vi), definition.field, len(definition.papers), kept)


def _line(place: int, paper: Paper, evidence: Evidence, own: str) -> Line:
    read = asked(paper.name)
    by_code = evidence.by_code(paper)
    found = [by_code] if by_code else [evidence.of(document, "" if read.had else own) for document in read.documents]
    registers = [register_of(document) for document in read.documents]
    return Line(
        place=place, name=clean(paper.name), sheets=sheets(paper),
        matches=tuple(match for match in found if match),
        registers=tuple(sorted({register.code for register in registers if register})),
        by_result=bool(by_code) or _whole(read, found), by_register=_whole(read, registers), waived=read.waived,
        recorded=any(_there(place, evidence, any(found)) for place in paper.known_from.split()),
    )  # fmt: skip


def _there(place: str, evidence: "Evidence", by_name: bool) -> bool:
    """Whether what ``known_from`` names is there: a result's code, a register, or ``results`` where a name agrees."""
    registers = {f"register:{register.code}" for register in REGISTERS}
    return place in registers or fold(place) in evidence.coded or (place == "results" and by_name)


def _whole(read: Asked, found: list[Match | None] | list[Register | None] | list[Match]) -> bool:
    """Whether the evidence covers the line: one document where one will do, otherwise all and nothing besides."""
    return any(found) if read.any_of else bool(found) and all(found) and not read.others


def sheets(paper: Paper) -> int | None:
    """Originals and copies together; None where the source states neither."""
    stated = [count for count in (paper.originals, paper.copies) if count is not None]
    return sum(stated) if stated else None


def _savings(
    askers: Iterable[Asker], named: Callable[[Line], list[Named]], volumes: Mapping[str, int] | None
) -> tuple[Saving, ...]:
    """Group lines by the paper they ask for; a procedure that asks twice counts once, with its larger number."""
    asking: dict[str, dict[str, list[int | None]]] = defaultdict(lambda: defaultdict(list))
    givers: dict[str, set[str]] = defaultdict(set)
    qualities: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for asker in askers:
        for line in asker.lines:
            for name, quality, whose in named(line):
                key = fold(name)
                spelt[key][name] += 1
                asking[key][asker.code].append(line.sheets)
                givers[key].update(whose)
                qualities[key][quality] += 1
    names = {key: min(found, key=lambda one: (-found[one], one)) for key, found in spelt.items()}
    made = [_saving(names[key], asking[key], givers[key], dict(qualities[key]), volumes or {}) for key in asking]
    return tuple(sorted(made, key=lambda one: (-(one.by_volume or 0), -one.sheets, -len(one.askers), fold(one.name))))


def _saving(name: str, asking: Mapping[str, list[int | None]], givers: set[str], qualities: dict[str, int],
            volumes: Mapping[str, int]) -> Saving:  # fmt: skip
    weight = {code: max((count for count in counts if count), default=1) for code, counts in asking.items()}
    unstated = sum(all(not count for count in counts) for counts in asking.values())
    counted = [code for code in asking if code in volumes]
    total = sum(weight[code] * volumes[code] for code in counted) if counted else None
    once = sum(weight.values())
    return Saving(
        name, tuple(sorted(asking)), tuple(sorted(givers)), qualities, once, unstated, total, len(counted)
    )  # fmt: skip


def _counts(askers: Iterable[Asker], edges: frozenset[tuple[str, str]]) -> dict[str, int]:
    """The figures of the report; what each means stands in ``words.FIGURES``."""
    askers = list(askers)
    lines = [(asker, line) for asker in askers for line in asker.lines]
    by_result = [line for _, line in lines if line.by_result]
    return {
        "procedures": len(askers),
        "papers": sum(asker.papers for asker in askers),
        "by_result": len(by_result),
        "by_result_own": sum(line.givers == {asker.code} for asker, line in lines if line.by_result),
        "by_result_part": sum(bool(line.matches) and not line.by_result for _, line in lines),
        "by_register": sum(line.by_register for _, line in lines),
        "by_both": sum(line.by_result and line.by_register for _, line in lines),
        "waived": sum(line.waived for _, line in lines),
        "recorded": sum(line.recorded for _, line in lines if line.by_result or line.by_register),
        "procedures_by_result": sum(any(line.by_result for line in asker.lines) for asker in askers),
        "procedures_by_register": sum(any(line.by_register for line in asker.lines) for asker in askers),
        "procedures_any": sum(any(line.by_result or line.by_register for line in asker.lines) for asker in askers),
        "edges": len(edges),
        **{quality: sum(line.quality == quality for line in by_result) for quality in RANK},
    }
