"""The steps of a process as a graph: what leads where, whether everything is reached and left, and the longest way."""

from collections.abc import Iterable, Iterator, Mapping

from motcua.processes.definition import Exit, Step

TARGETS = {"supplement", "decide_refusal", "end"}
FIXED = {
    "ask_more": "supplement",
    "refuse": "decide_refusal",
    "hand_over": "end",
}  # what these actions mean everywhere
SIDEWAYS = {"ask_more", "refuse", "return"}  # actions that do not bring a dossier nearer to its result
Graph = Mapping[str, set[str]]


def exits(step: Step) -> dict[str, Exit]:
    """The exits of a step by action, the short way of writing them filled out.

    Those of an automatic step in the order in which they are tried: by their codes, the one without a condition last.
    """
    ways = {action: Exit(found) if isinstance(found, str) else found for action, found in step.then.items()}
    if step.does != "automatic":
        return ways
    return dict(sorted(ways.items(), key=lambda pair: (not pair[1].when, pair[0])))


def way_problems(steps: tuple[Step, ...]) -> Iterator[str]:
    """Steps that nothing reaches or leaves, loops, and decisions in the wrong place. The names in it must be right."""
    graph = {step.step: _next(step, steps) for step in steps}
    reached = _reach(graph, [steps[0].step])
    yield from (f"process.{name}: never reached" for name in graph if name not in reached)
    last = next(step.step for step in steps if step.does == "hand_over")
    yield from (f"process.{name}: a loop without a way out" for name in graph if last not in _reach(graph, [name]))
    yield from _decision_problems(steps, graph, last)
    yield from _automatic_loops(steps, graph)


def _decision_problems(steps: tuple[Step, ...], graph: Graph, last: str) -> Iterator[str]:
    """Nothing is handed over without a decision, and after one there is only work, forward, up to the hand-over."""
    decides = {step.step: step for step in steps if step.does == "decide"}
    for name, step in decides.items():
        if "pass" not in step.then:
            yield f"process.{name}: a decision passes to the step that hands over, or to work before it"
    undecided = _reach({name: set() if name in decides else to for name, to in graph.items()}, [steps[0].step])
    after = _reach(graph, [to for step in decides.values() for to in _forward(step)])
    if last in undecided:
        yield f"process.{last}: can be reached without a decision"
    for step in steps:
        if step.step in after and (step.step in decides or step.does == "receive"):
            yield f"process.{step.step}: comes again after a decision"
        elif step.step in after - {last} and step.step in undecided:
            yield f"process.{step.step}: stands before a decision and after one"
        elif step.step in after and (back := sorted(step.then.keys() & SIDEWAYS)):
            yield f"process.{step.step}.{back[0]}: after the decision a dossier only goes forward"


def _automatic_loops(steps: tuple[Step, ...], graph: Graph) -> Iterator[str]:
    automatic = {step.step for step in steps if step.does == "automatic"}
    among = {name: graph[name] & automatic for name in automatic}
    looping = (name for name in sorted(automatic) if name in _reach(among, among[name]))
    yield from (f"process.{name}: a loop of automatic steps" for name in looping)


def _next(step: Step, steps: tuple[Step, ...]) -> set[str]:
    """Where a dossier can stand after this step. A supplement comes back to the same step; a refusal is decided by the
    step that decides, and what that refuses is handed over."""
    kinds = {
        kind: next((other.step for other in steps if other.does == kind), "") for kind in ("decide", "hand_over")
    }
    targets = {found.to for found in exits(step).values()}
    refused = {kinds["hand_over" if step.does == "decide" else "decide"]} if "decide_refusal" in targets else set()
    return (targets - TARGETS) | refused


def _reach(graph: Graph, start: Iterable[str]) -> set[str]:
    reached, waiting = set[str](), list(start)
    while waiting:
        if (name := waiting.pop()) not in reached:
            reached.add(name)
            waiting.extend(graph[name])
    return reached


def total_hours(steps: tuple[Step, ...]) -> float:
    """The working hours of the longest way forward, in whatever order the file has the steps; what leads back counts
    nothing, and so does a step without a limit."""
    forward = {step.step: _forward(step) for step in steps}
    hours = {step.step: step.hours or 0.0 for step in steps}
    ahead: dict[str, float] = {}
    for name in _later_first(forward, steps[0].step):
        ahead[name] = hours[name] + max((ahead[to] for to in forward[name] if to in ahead), default=0.0)
    return ahead[steps[0].step]


def _forward(step: Step) -> list[str]:
    """The steps that its actions lead forward to."""
    return [way.to for action, way in exits(step).items() if action not in SIDEWAYS and way.to not in TARGETS]


def _later_first(forward: Mapping[str, list[str]], start: str) -> Iterator[str]:
    """The steps that can be reached, each after all those that come after it; a loop is cut where it closes."""
    seen, waiting = {start}, [(start, iter(forward[start]))]
    while waiting:
        name, ways = waiting[-1]
        to = next((one for one in ways if one in forward and one not in seen), "")
        if to:
            seen.add(to)
            waiting.append((to, iter(forward[to])))
        else:
            waiting.pop()
            yield name
