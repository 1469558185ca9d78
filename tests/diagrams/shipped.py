"""The procedures in the repository that have a process, and a made-up one that has everything."""

import json
from functools import cache
from pathlib import Path

import yaml

from motcua.catalogue.definition import Definition, parse
from tests.catalogue.samples import definition, steps

DATA = Path(__file__).resolve().parents[2] / "data"
SHIPPED = sorted(
    path.stem for path in (DATA / "procedures").glob("*.yaml") if "\nprocess:" in path.read_text("utf-8")
)


@cache
def shipped(code: str) -> Definition:
    """The definition of a shipped procedure, its form with it."""
    raw = yaml.safe_load((DATA / "procedures" / f"{code}.yaml").read_text("utf-8"))
    if isinstance(raw.get("form"), str):
        raw["form"] = json.loads((DATA / "forms" / raw["form"]).read_text("utf-8"))
    return parse(raw)


def sorting() -> Definition:
    """A process with everything: an automatic step, tasks, opinions, timeouts, work after the decision."""
    ways = {"quick": {"to": "ky", "when": "gap && so_trang < 10"}, "usual": "xet"}
    sort = {"step": "re", "name": "Phân luồng", "role": "", "hours": 0, "does": "automatic", "then": ways}
    stamp = {"step": "dau", "name": "Đóng dấu", "role": "clerk", "hours": None, "then": {"pass": "tra"}}
    extra = {
        "tasks": [
            {"task": "a", "name": "Kiểm tra <&>", "name_en": "Check", "hours": 1.5},
            {"task": "b", "name": "Đối chiếu", "required": False},
        ],
        "opinions": [
            {"opinion": "cong-an", "name": "Công an xã", "hours": 16, "agency": "H99.1"},
            {"opinion": "dia-chinh", "name": "Địa chính", "name_en": "Land", "hours": 8},
        ],
        "timeouts": [
            {"then": "remind", "hours": 2.5}, {"then": "escalate", "working_days": 1.5},
            {"then": "close", "working_days": 15},
        ],
    }  # fmt: skip
    receive, examine, sign, hand_over = steps(
        **{"tiep-nhan": {"then": {"pass": "re"}}}, xet=extra, ky={"then": {"pass": "dau", "refuse": "decide_refusal"}}
    )
    fields = {"gap": {"type": "boolean", "title": "Gấp"}, "so_trang": {"type": "integer", "title": "Số trang"}}
    form = {"properties": fields, "required": ["gap", "so_trang"]}
    return definition(process=[receive, sort, examine, sign, stamp, hand_over], form=form)
