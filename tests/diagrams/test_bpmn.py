"""A process leaves as BPMN 2.0 and comes back equal; what the platform does not run is refused by its name."""

from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from motcua.base.errors import Invalid, NotFound
from motcua.catalogue.definition import Definition, Exit, Step, Timeout
from motcua.catalogue.rules import process_problems
from motcua.diagrams import bpmn
from motcua.diagrams.bpmn.conditions import parsed, written
from motcua.diagrams.bpmn.writing import BPMN, SHOWN
from tests.catalogue.samples import STEPS, definition, steps
from tests.diagrams.shipped import SHIPPED, shipped, sorting

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">'
)
# A process as somebody draws it in a tool that knows nothing of us: names and notes, no attribute of ours.
LANES = """<laneSet id="L"><lane id="l1" name="Tiếp nhận và trả kết quả"><flowNodeRef>S</flowNodeRef>
<flowNodeRef>A1</flowNodeRef><flowNodeRef>A4</flowNodeRef></lane><lane id="l2" name="chuyên viên thụ lý">
<flowNodeRef>A2</flowNodeRef></lane><lane id="l3" name="Approver"><flowNodeRef>A3</flowNodeRef></lane>
<lane id="l4" name="Người nộp hồ sơ"><flowNodeRef>A5</flowNodeRef></lane></laneSet>"""
NODES = """<endEvent id="E"/><userTask id="A4" name="Trả kết quả"><documentation>0,5 giờ</documentation></userTask>
<userTask id="A3" name="Ký duyệt"><documentation>Ký số. 2 giờ làm việc</documentation></userTask>
<exclusiveGateway id="G3"/><exclusiveGateway id="J"/><task id="A5" name="Bổ sung giấy tờ"/>
<task id="A2" name="Thẩm tra&#10;hồ sơ"><documentation>4.5 hours</documentation></task><exclusiveGateway id="G2"/>
<userTask id="A1" name="Tiếp nhận"><documentation>1 giờ</documentation></userTask><startEvent id="S"/>"""
FLOWS = """<sequenceFlow id="f1" sourceRef="S" targetRef="A1"/><sequenceFlow id="f2" sourceRef="A1" targetRef="J"/>
<sequenceFlow id="f3" sourceRef="J" targetRef="A2"/><sequenceFlow id="f4" sourceRef="A2" targetRef="G2"/>
<sequenceFlow id="f5" name="Chuyển tiếp" sourceRef="G2" targetRef="A3"/>
<sequenceFlow id="f6" sourceRef="G2" targetRef="A5"/><sequenceFlow id="f7" sourceRef="A5" targetRef="J"/>
<sequenceFlow id="f8" sourceRef="A3" targetRef="G3"/><sequenceFlow id="f9" name="đồng ý" sourceRef="G3" targetRef="A4"/>
<sequenceFlow id="fa" name="Trả lại" sourceRef="G3" targetRef="J"/>
<sequenceFlow id="fb" name="Từ chối" sourceRef="G3" targetRef="A4"/>
<sequenceFlow id="fc" sourceRef="A4" targetRef="E"/>"""


def drawn(nodes: str = NODES, flows: str = FLOWS, lanes: str = LANES, around: str = "") -> bytes:
    """The file of the tool, with changes."""
    process = f'<process id="P" isExecutable="false">{lanes}{nodes}{flows}</process>'
    return f"{HEAD}{process}{around}</definitions>".encode()


def refused(content: bytes) -> Invalid:
    """The refusal of a file."""
    with pytest.raises(Invalid) as refusal:
        bpmn.read(content)
    return refusal.value


@pytest.mark.parametrize("code", SHIPPED)
def test_a_shipped_process_comes_back_equal(code: str) -> None:
    found = shipped(code)
    again = bpmn.read(bpmn.export(found))
    assert again == found.process
    assert [list(step.then) for step in again] == [list(step.then) for step in found.process]


def test_the_same_process_gives_the_same_file() -> None:
    assert bpmn.export(definition()) == bpmn.export(definition())


def test_conditions_hours_and_names_that_xml_must_escape_come_back_equal() -> None:
    when = "gap && so_trang >= 10 && loai in ['a\\'b', \"c'd\", '<&>'] || !answered.dia_chi && le_phi < 1.5"
    process = steps(
        xet={
            "then": {
                "pass": {"to": "ky", "when": when, "name": 'Trình "ký"'},
                "sang_phong": {"to": "ky", "name": "Sang phòng", "name_en": "On <&>"},
            },
            "name": "Xét <\"&'>\n…",
            "hours": 0.25,
        },
        tra={"then": {"hand_over": {"to": "end", "when": "gap"}}, "hours": None},
    )
    found = definition(process=process)
    assert bpmn.read(bpmn.export(found)) == found.process


def test_tasks_opinions_timeouts_and_automatic_steps_come_back_equal() -> None:
    assert bpmn.read(bpmn.export(sorting())) == sorting().process


def test_a_condition_that_no_engine_runs_as_we_do_is_refused_and_not_left_out() -> None:
    for when in (
        "size(con) > 0",
        "so_trang + 1 > 3",
        "gap ? so_trang > 1 : gap",
        "so_trang < 3 == gap",
        "action == 'x'",
    ):
        process = steps(xet={"then": {"pass": "ky", "mau": {"to": "ky", "when": when}}})
        with pytest.raises(Invalid) as refusal:
            bpmn.export(definition(process=process))
        assert (refusal.value.code, refusal.value.details["name"]) == ("bpmn_unsupported", when)


@pytest.mark.parametrize(
    ("when", "python"),
    [
        ("gap", "gap"),
        ("!gap", "not gap"),
        ("gap == true && so_trang >= -1", "gap == True and so_trang >= -1"),
        ("dossier.channel == 'online'", "dossier_channel == 'online'"),
        ("opinions.against > 0 || !answered.loai", "opinions_against > 0 or not answered_loai"),
        ("!(gap || gap)", "not (gap or gap)"),
        ("loai in ['a', 'b']", "loai in ['a', 'b']"),
    ],
)
def test_a_condition_in_python_says_the_same_and_comes_back(when: str, python: str) -> None:
    assert written("", when) == python
    assert parsed(python) == ("", when)
    assert parsed(written("pass", when)) == ("pass", when)


def test_an_edition_without_a_process_has_no_file() -> None:
    with pytest.raises(NotFound) as refusal:
        bpmn.export(definition(process=[]))
    assert refusal.value.code == "process_missing"


def test_a_process_drawn_elsewhere_is_read_by_its_names() -> None:
    found = bpmn.read(drawn())
    assert found == (
        Step("tiep-nhan", "Tiếp nhận", "reception", 1, {"pass": "tham-tra-ho-so"}, "receive"),
        Step("tham-tra-ho-so", "Thẩm tra hồ sơ", "clerk", 4.5, {"pass": "ky-duyet", "ask_more": "supplement"}),
        Step("ky-duyet", "Ký duyệt", "approver", 2,
             {"pass": "tra-ket-qua", "return": "tham-tra-ho-so", "refuse": "decide_refusal"}, "decide"),
        Step("tra-ket-qua", "Trả kết quả", "reception", 0.5, {"hand_over": "end"}, "hand_over"),
    )  # fmt: skip
    limit = {"online": [{"limit": {"hours": 8}}]}
    assert process_problems(definition(process=[dict_of(step) for step in found], channels=limit)) == []


def dict_of(step: Step) -> dict[str, Any]:
    return {name: getattr(step, name) for name in ("step", "name", "role", "hours", "then", "does")}


def test_conditions_of_a_drawn_process_become_conditions() -> None:
    condition = "<conditionExpression>${so_trang &gt; 10 and gap == True}</conditionExpression></sequenceFlow>"
    flow = '<sequenceFlow id="f5" name="Chuyển tiếp" sourceRef="G2" targetRef="A3"'
    found = bpmn.read(drawn(flows=FLOWS.replace(f"{flow}/>", f"{flow}>{condition}")))
    exit_ = found[1].exit("pass")
    assert exit_ and exit_.when == "so_trang > 10 && gap == true"


@pytest.mark.parametrize(
    ("element", "name"),
    [
        ("parallelGateway", "Song song"), ("inclusiveGateway", ""), ("eventBasedGateway", ""), ("subProcess", "Con"),
        ("callActivity", "Gọi"), ("serviceTask", "Tra cứu"), ("sendTask", ""), ("businessRuleTask", "Luật"),
        ("intermediateCatchEvent", "Chờ"), ("dataObject", ""), ("transaction", ""),
    ],
)  # fmt: skip
def test_an_element_outside_the_subset_is_refused_by_name(element: str, name: str) -> None:
    refusal = refused(drawn(nodes=f'{NODES}<{element} id="X1" name="{name}"/>'))
    assert (refusal.code, refusal.details) == ("bpmn_unsupported", {"element": element, "name": name or "X1"})


@pytest.mark.parametrize(
    ("old", "new", "element", "name"),
    [
        ('<startEvent id="S"/>', '<startEvent id="S"><timerEventDefinition/></startEvent>', "timerEventDefinition", "S"),
        ('<endEvent id="E"/>', '<endEvent id="E"><terminateEventDefinition id="t"/></endEvent>',
         "terminateEventDefinition", "t"),
        ('<startEvent id="S"/>', '<startEvent id="S"/><startEvent id="S2"/>', "startEvent", "S2"),
        ("<documentation>1 giờ</documentation>", "<multiInstanceLoopCharacteristics/>",
         "multiInstanceLoopCharacteristics", "Tiếp nhận"),
        ('<task id="A5"', '<task id="A5" isForCompensation="true"', "task", "Bổ sung giấy tờ"),
        ('<task id="A5"', '<task id="A5" startQuantity="2"', "task", "Bổ sung giấy tờ"),
    ],
)  # fmt: skip
def test_what_an_element_holds_beyond_the_subset_is_refused_by_name(
    old: str, new: str, element: str, name: str
) -> None:
    assert old in NODES
    refusal = refused(drawn(nodes=NODES.replace(old, new)))
    assert (refusal.code, refusal.details) == ("bpmn_unsupported", {"element": element, "name": name})


@pytest.mark.parametrize(
    ("old", "new", "element", "name"),
    [
        ('sourceRef="A5" targetRef="J"', 'sourceRef="A5" targetRef="A3"', "task", "Bổ sung giấy tờ"),
        ('name="Từ chối" sourceRef="G3" targetRef="A4"', 'name="Từ chối" sourceRef="G3" targetRef="A2"',
         "sequenceFlow", "ky-duyet: refuse"),
        ('name="Từ chối"', 'name="Trả lại"', "sequenceFlow", "Ký duyệt: return"),
        ('<sequenceFlow id="f1"', '<sequenceFlow id="f0" sourceRef="A1" targetRef="A3"/><sequenceFlow id="f1"',
         "sequenceFlow", "f2"),
        ('name="Trả lại" sourceRef="G3" targetRef="J"/>',
         'name="Trả lại" sourceRef="G3" targetRef="J"><conditionExpression>open("x")</conditionExpression>'
         "</sequenceFlow>",
         "conditionExpression", 'open("x")'),
        ('name="Trả lại" sourceRef="G3" targetRef="J"/>',
         'name="Trả lại" sourceRef="G3" targetRef="J"><conditionExpression>a + 1 == 2</conditionExpression>'
         "</sequenceFlow>",
         "conditionExpression", "a + 1 == 2"),
        ('sourceRef="J" targetRef="A2"/>',
         'sourceRef="J" targetRef="A2"><conditionExpression>gap == True</conditionExpression></sequenceFlow>',
         "conditionExpression", "f3"),
    ],
)  # fmt: skip
def test_a_flow_that_would_run_otherwise_here_is_refused(old: str, new: str, element: str, name: str) -> None:
    assert old in FLOWS
    refusal = refused(drawn(flows=FLOWS.replace(old, new)))
    assert (refusal.code, refusal.details) == ("bpmn_unsupported", {"element": element, "name": name})


@pytest.mark.parametrize(
    "expression",
    ["", "1 < 2 < 3", "f(gap) == 1", "gap == {'a': 1}", "action != 'pass'", "action == 3", "gap is True",
     "gap if gap else gap", "action == 'a' or gap", "action == 'a' and action == 'b'", "gap == 1j", "gap == b'x'",
     "gap == 'a\\nb'", "x.y == 1", "(" * 3000, "gap == " + "[" * 500 + "]" * 500, "x" * 5000 + " == 1"],
)  # fmt: skip
def test_an_expression_is_taken_apart_and_never_evaluated(expression: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parsed(expression)
    assert refusal.value.code == "bpmn_unsupported"


@pytest.mark.parametrize(
    ("old", "new", "name", "missing"),
    [
        ("<documentation>1 giờ</documentation>", "<documentation>sáng</documentation>", "Tiếp nhận", "hours"),
        (' name="Ký duyệt"', "", "A3", "name"),
        ('<userTask id="A3"', "<userTask", "Ký duyệt", "id"),
        ('<startEvent id="S"/>', "", "f1", "sourceRef, targetRef"),
        ('<userTask id="A1"', '<userTask id="A4"', "Tiếp nhận", "id"),
    ],
)
def test_what_is_missing_is_asked_for_by_name(old: str, new: str, name: str, missing: str) -> None:
    assert old in NODES
    refusal = refused(drawn(nodes=NODES.replace(old, new)))
    assert (refusal.code, refusal.details) == ("bpmn_incomplete", {"name": name, "missing": missing})


def test_a_lane_that_is_no_role_of_ours_is_asked_for() -> None:
    refusal = refused(drawn(lanes=LANES.replace("Approver", "Bộ trưởng")))
    assert refusal.details == {"name": "Ký duyệt", "missing": "lane Bộ trưởng"}
    refusal = refused(drawn(lanes=""))
    assert refusal.details == {"name": "Tiếp nhận", "missing": "lane"}


def timed(duration: str, attached: str = "A2", target: str = "E", stops: str = "false", name: str = "Nhắc") -> bytes:
    """The drawn process with a timer on the border of a task."""
    timer = (
        f'<boundaryEvent id="T" name="{name}" attachedToRef="{attached}" cancelActivity="{stops}">'
        f"<timerEventDefinition><timeDuration>{duration}</timeDuration></timerEventDefinition></boundaryEvent>"
    )
    return drawn(nodes=NODES + timer, flows=f'{FLOWS}<sequenceFlow id="ft" sourceRef="T" targetRef="{target}"/>')


@pytest.mark.parametrize(
    ("content", "timeout"),
    [
        (timed("PT40H"), Timeout("remind", hours=40)),
        (timed("'PT90M'", name="Escalate"), Timeout("escalate", hours=1.5)),
        (timed("P15D", stops="true", name=""), Timeout("close", working_days=15)),
    ],
)
def test_a_timer_on_the_border_of_a_drawn_task_becomes_a_timeout(content: bytes, timeout: Timeout) -> None:
    assert [step.timeouts for step in bpmn.read(content)] == [(), (timeout,), (), ()]


@pytest.mark.parametrize(
    ("content", "code", "details"),
    [
        (timed("P1DT3H"), "bpmn_unsupported", {"element": "timeDuration", "name": "P1DT3H"}),
        (timed("R3/PT10H"), "bpmn_unsupported", {"element": "timeDuration", "name": "R3/PT10H"}),
        (timed("PT1H", target="A3"), "bpmn_unsupported", {"element": "boundaryEvent", "name": "Nhắc"}),
        (timed("PT1H", attached="G2"), "bpmn_incomplete", {"name": "Nhắc", "missing": "attachedToRef"}),
        (
            timed("PT1H").replace(b"timeDuration", b"timeCycle"),
            "bpmn_unsupported",
            {"element": "timeCycle", "name": ""},
        ),
        (
            timed("PT1H").replace(b"timerEventDefinition", b"messageEventDefinition"),
            "bpmn_unsupported",
            {"element": "messageEventDefinition", "name": "Nhắc"},
        ),
        (
            drawn(nodes=f'{NODES}<scriptTask id="X" name="Xoá"><script>rm()</script></scriptTask>'),
            "bpmn_unsupported",
            {"element": "scriptTask", "name": "Xoá"},
        ),
    ],
)
def test_a_timer_or_script_that_would_run_otherwise_here_is_refused(
    content: bytes, code: str, details: dict[str, str]
) -> None:
    refusal = refused(content)
    assert (refusal.code, refusal.details) == (code, details)


def test_a_script_task_that_only_chooses_is_an_automatic_step() -> None:
    nodes = NODES + '<scriptTask id="A6" name="Phân luồng"/><exclusiveGateway id="G6" default="q1"/>'
    flows = FLOWS.replace('sourceRef="A1" targetRef="J"', 'sourceRef="A1" targetRef="A6"')
    flows += (
        '<sequenceFlow id="q0" sourceRef="A6" targetRef="G6"/><sequenceFlow id="q1" sourceRef="G6" targetRef="J"/>'
        '<sequenceFlow id="q2" name="Gấp" sourceRef="G6" targetRef="A3">'
        "<conditionExpression>gap == True</conditionExpression></sequenceFlow>"
    )
    found = next(step for step in bpmn.read(drawn(nodes=nodes, flows=flows)) if step.step == "phan-luong")
    ways = {"gap": Exit("ky-duyet", "gap == true"), "to-tham-tra-ho-so": "tham-tra-ho-so"}
    assert found == Step("phan-luong", "Phân luồng", "", 0, ways, "automatic")
    assert list(found.then) == ["gap", "to-tham-tra-ho-so"]


def test_what_a_tool_changed_for_engines_and_not_for_us_is_refused() -> None:
    content = bpmn.export(sorting())
    assert content.count(b"gap and so_trang &lt; 10") == 1
    refusal = refused(content.replace(b"gap and so_trang &lt; 10", b"gap and so_trang &lt; 11"))
    assert (refusal.code, refusal.details["element"]) == ("bpmn_unsupported", "conditionExpression")
    refusal = refused(content.replace(b'cancelActivity="true"', b'cancelActivity="false"'))
    assert (refusal.code, refusal.details["element"]) == ("bpmn_unsupported", "boundaryEvent")


def test_two_processes_in_one_file_are_refused() -> None:
    refusal = refused(drawn(around='<process id="P2" name="Bên ngoài"/>'))
    assert refusal.details == {"element": "process", "name": "Bên ngoài"}
    refusal = refused(drawn(around='<collaboration id="c"><messageFlow id="m"/></collaboration>'))
    assert refusal.details == {"element": "messageFlow", "name": "m"}
    refusal = refused(drawn(around='<message id="m1" name="Tin"/>'))
    assert refusal.details == {"element": "message", "name": "Tin"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no element found: line 1, column 0"),
        (b"<a>", "no element found: line 1, column 3"),
        (b"<html/>", "definitions"),
        (b"\xff\xfe<\x00a\x00", "UTF-8"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCTYPE"),
        (b"<!doctype a SYSTEM 'file:///etc/passwd'><a/>", "DOCTYPE"),
        ("<!DOCTYPE a><a/>".encode("utf-16-le"), "DOCTYPE"),
        (b"<a>" + b" " * 2_000_000 + b"</a>", "> 2 MB"),
    ],
)
def test_a_file_that_is_not_safe_to_read_is_refused_before_it_is_read(content: bytes, reason: str) -> None:
    refusal = refused(content)
    assert (refusal.code, refusal.details) == ("bpmn_unreadable", {"reason": reason})


def test_a_file_of_endless_elements_is_refused() -> None:
    assert refused(drawn(nodes="<group/>" * 21_000)).details == {"reason": "> 20000 elements"}
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    assert refused(deep).details == {"reason": "definitions"}


def test_the_order_in_which_a_tool_writes_the_steps_does_not_matter() -> None:
    backwards = definition(process=[STEPS[0], STEPS[3], STEPS[2], STEPS[1]])
    assert bpmn.read(bpmn.export(backwards)) == backwards.process


WHOLE = [bpmn.export(definition()), drawn()]


@given(any_.sampled_from(WHOLE), any_.integers(0, 9000), any_.integers(0, 60), any_.binary(max_size=6))
def test_a_damaged_file_is_read_or_refused_and_nothing_else(whole: bytes, at: int, cut: int, put: bytes) -> None:
    damaged = whole[: at % len(whole)] + put + whole[at % len(whole) + cut :]
    try:
        steps = bpmn.read(damaged)
    except Invalid as refusal:
        assert refusal.code in {"bpmn_unreadable", "bpmn_unsupported", "bpmn_incomplete"}
    else:
        process_problems(definition(process=[dict_of(step) for step in steps]))


@given(any_.integers(0, 40), any_.integers(0, 40))
def test_a_file_without_some_of_its_elements_is_read_or_refused(first: int, second: int) -> None:
    parts = [part for part in FLOWS.replace("\n", "").split("/>") if part]
    left = "/>".join(part for nth, part in enumerate(parts) if nth not in {first, second}) + "/>"
    try:
        steps = bpmn.read(drawn(flows=left))
    except Invalid as refusal:
        assert refusal.code in {"bpmn_unsupported", "bpmn_incomplete"}
    else:
        assert {step.step for step in steps} == {"tiep-nhan", "tham-tra-ho-so", "ky-duyet", "tra-ket-qua"}


@pytest.mark.parametrize("found", [*map(shipped, SHIPPED), sorting()], ids=[*SHIPPED, "sorting"])
def test_every_node_is_drawn_inside_its_lane_and_every_flow_from_node_to_node(found: Definition) -> None:
    root = fromstring(bpmn.export(found))
    bounds = {
        shape.get("bpmnElement", ""): [float(shape[0].get(side, "")) for side in ("x", "y", "width", "height")]
        for shape in root.iter(f"{{{SHOWN}}}BPMNShape")
    }
    for lane in root.iter(f"{{{BPMN}}}lane"):
        x, y, width, height = bounds[lane.get("id", "")]
        for node in (bounds[reference.text or ""] for reference in lane):
            assert x < node[0] and node[0] + node[2] < x + width
            assert y < node[1] and node[1] + node[3] < y + height
    edges = {edge.get("bpmnElement"): edge for edge in root.iter(f"{{{SHOWN}}}BPMNEdge")}
    for flow in root.iter(f"{{{BPMN}}}sequenceFlow"):
        ends = edges[flow.get("id")][0], edges[flow.get("id")][-1]
        for point, end in zip(ends, (flow.get("sourceRef", ""), flow.get("targetRef", "")), strict=True):
            x, y, width, height = bounds[end]
            assert x <= float(point.get("x", "")) <= x + width
            assert y <= float(point.get("y", "")) <= y + height
