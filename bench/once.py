"""The once-only report over 2,500 procedures: ``python -m bench.once [--procedures 2500]``. Needs no database.

The catalogue is made up: every procedure has six lines as the portal words them and a result of its own name, drawn
from a fixed seed, so that most lines must be compared. The floor folds the same lines once and does nothing else.
"""

import argparse
import random
import sys
import time
from datetime import date
from typing import Any

from tqdm import tqdm

from bench.node import Claim, tell

KINDS = ("Giấy phép", "Giấy chứng nhận", "Quyết định phê duyệt", "Chứng chỉ", "Giấy xác nhận")
THINGS = (
    "khai", "thác", "nuôi", "trồng", "chế", "biến", "vận", "tải", "thủy", "khoáng", "sản", "lâm", "hóa", "chất", "thuốc",
    "thú", "y", "tàu", "biển", "cảng", "cạn",
)  # fmt: skip
SHAPES = (
    "Bản sao có chứng thực {}",
    "{} còn hiệu lực",
    "Đơn đề nghị cấp {}",
    "{} hoặc Giấy khai sinh",
    "- Bản chính {};",
)


def made_up(count: int) -> list[Any]:
    """So many procedures, always the same."""
    from motcua.catalogue.definition import Definition, Paper, Period, Result, Text

    dice, period = random.Random(4), Period(date(2025, 7, 1))
    names = [f"{dice.choice(KINDS)} {' '.join(dice.sample(THINGS, 5))}" for _ in range(count)]
    return [
        Definition(
            f"8.{number:06d}", Text(f"Thủ tục {number}"), period, results=(Result(name),),
            papers=tuple(Paper(str(n), dice.choice(SHAPES).format(dice.choice(names)), 1) for n in range(6)),
        )
        for number, name in enumerate(names)
    ]  # fmt: skip


def main() -> int:
    """Measure, and print what is claimed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--procedures", type=int, default=2500)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    from motcua.base.text import words
    from motcua.review.report import review

    found = made_up(chosen.procedures)
    begun = time.perf_counter()
    for definition in found:
        for paper in definition.papers:
            words(paper.name)
    folded = time.perf_counter()
    report = review(found, shown=lambda all_of_them: tqdm(all_of_them, unit="thủ tục", file=sys.stderr))
    ours, floor = time.perf_counter() - folded, folded - begun
    if not report.counts["by_result"]:
        raise RuntimeError("nothing was matched, so nothing was measured")
    what = f"once-only report over {len(found)} procedures: seconds"
    target = 60 * len(found) / 2500
    return tell([Claim(what, f"{ours:.1f} s", f"folding {floor:.2f} s", ours, target, most=True)], chosen.json)


if __name__ == "__main__":
    sys.exit(main())
