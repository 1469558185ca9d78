"""Documents: a receipt and a result as PDF/A with QR code, beside a page with one line of text by the same compiler."""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import typst

from bench.node import Claim, tell
from motcua.base.adapters.typesetting import Typst, fonts

HOUSE = {
    "agency": "Ủy ban nhân dân phường Hoa Sen",
    "letterhead": {"superior": "", "lines": ["Ủy ban nhân dân", "phường Hoa Sen"], "place": "Hoa Sen"},
    "date": "ngày 10 tháng 11 năm 2026",
    "issued_at": "2026-11-10T02:00:00+00:00",
    "procedure": "Đăng ký khai sinh",
}
DOCUMENTS: dict[str, dict[str, Any]] = {
    "giay-tiep-nhan": {
        **HOUSE,
        "submitter": "Nguyễn Thị Lan",
        "address_of_submitter": "Số 12, ngõ 34, phố Hoa Sen, phường Hoa Sen, tỉnh Minh Hoạ",
        "papers": ["Giấy chứng sinh (1 tệp)", "Văn bản ủy quyền (1 tệp)"],
        "due": "17:00 thứ Hai 02/02/2026",
        "explanation": "Nhận lúc 15:40 thứ Sáu 30/01/2026, tính ngay từ lúc nhận; hẹn trả 17:00 thứ Hai 02/02/2026.",
    },
    "ket-qua": {
        **HOUSE,
        "title": "Giấy chứng nhận đăng ký hộ kinh doanh",
        "holder": "Nguyễn Thị Lan",
        "rows": [[f"Nội dung kê khai thứ {number}", f"Câu trả lời {number}"] for number in range(12)],
    },
}


def spent(act: Callable[[int], bytes], pages: int) -> float:
    """CPU milliseconds a document, the median of ``pages``; each says something else, as in life."""
    found = []
    for number in range(pages):
        before = time.process_time()
        act(number)
        found.append((time.process_time() - before) * 1000)
    return statistics.median(found)


def one_line(folder: Path) -> Callable[[int], bytes]:
    """The floor: a page with one line that differs from page to page."""
    page = folder / "page.typ"
    page.write_text('#set text(font: "Be Vietnam Pro")\nHồ sơ #sys.inputs.code')
    compiler = typst.Compiler(root=str(folder), font_paths=fonts())

    def act(number: int) -> bytes:
        inputs = {"code": f"H99.101-261110-{number:04d}"}
        made = compiler.compile(str(page), format="pdf", sys_inputs=inputs, pdf_standards="a-2b", timestamp=0)
        return cast(bytes, made)

    return act


def ours(template: str, data: dict[str, Any]) -> Callable[[int], bytes]:
    """A full document of one template."""
    kept = Typst()

    def act(number: int) -> bytes:
        code = f"H99.101-261110-{number:04d}"
        return kept.pdf(template, {**data, "dossier": code, "track_url": f"https://example.vn/tra-cuu/?ma={code}"})

    return act


def claims(template: str, floor: Callable[[int], bytes], pages: int) -> list[Claim]:
    """What one template costs beside the floor; fonts and templates are read once a process, before the clock."""
    document = ours(template, DOCUMENTS[template])
    document(pages), floor(pages)
    costs = spent(document, pages), spent(floor, pages)
    rates = [f"{1000 / cost:.0f}/s" for cost in costs]
    return [
        Claim(f"{template}: of a page with one line", *rates, costs[1] / costs[0], 0.07),
        Claim(
            f"{template}: CPU ms a document", f"{costs[0]:.1f} ms", f"{costs[1]:.1f} ms", costs[0], 20.0, most=True
        ),
    ]


def main() -> int:
    """Measure every document of the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        floor = one_line(Path(folder))
        found = [claim for template in DOCUMENTS for claim in claims(template, floor, chosen.pages)]
    return tell(found, chosen.json)


if __name__ == "__main__":
    sys.exit(main())
