"""``motcua verify FILE…``: what signed files prove, in the words of the verification page; of a folder, all its PDFs.

The registry of this node is asked too, where its database runs.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from tqdm import tqdm

from motcua.base.database import is_running, must_answer, socket_folder
from motcua.base.errors import Refused
from motcua.base.wires import provider
from motcua.base.worktime import local
from motcua.signing.ports import Keys
from motcua.signing.report import Report, Signature, Verdict
from motcua.signing.verifying import MOST_BYTES, verify

NEEDS_DATABASE = False
NO_ROOTS = "Chưa cấu hình gốc tin cậy (MOTCUA_SIGNING) nên chưa kết luận được. No roots are set up."
MANY = 3  # from here on the progress is shown


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, and for whom the answer is."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a PDF, or a folder of them")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, for a program")


def run(options: argparse.Namespace) -> int:
    """Tell each file's verdict. 0 when every file is valid and none is a result of ours that no longer holds, else 1."""
    trust, at = provider(Keys).trust(), datetime.now(UTC)
    if not trust.roots:
        demo = settings.VAR / "dev-ca/signing.yaml"
        sys.stderr.write(f"{NO_ROOTS}\n" + (f"MOTCUA_SIGNING={demo}\n" if demo.exists() else ""))
    files = [each for path in options.files for each in inside(path)]
    good = 0
    for path in tqdm(files, unit="tệp", file=sys.stderr, disable=len(files) < MANY):
        pdf = content(path)
        report = Report(Verdict.NOT_A_PDF, problems=("no_file",)) if pdf is None else verify(pdf, trust, at=at)
        sha256 = hashlib.sha256(pdf or b"").hexdigest()
        good += report.verdict is Verdict.VALID and still_holds(sha256, local(at).date())
        tqdm.write(json.dumps(plain(path, sha256, report), ensure_ascii=False) if options.json else
                   "\n".join(lines(path, sha256, report)), file=sys.stdout)  # fmt: skip
    if len(files) >= MANY:
        sys.stderr.write(f"{len(files)} tệp: {good} hợp lệ, {len(files) - good} không.\n")
    return int(good < len(files))


def inside(path: Path) -> list[Path]:
    """The PDFs of a folder and of the folders in it, in order; anything else, an empty folder too, is itself."""
    if not path.is_dir():
        return [path]
    return sorted(each for each in path.rglob("*") if each.suffix.lower() == ".pdf" and each.is_file()) or [path]


def content(path: Path) -> bytes | None:
    """The file, at most a byte more than is verified; None when it can't be read."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        return None


def about(report: Report, sha256: str) -> list[str]:
    """What the registry of this node says of the file today, by its hash; nothing of a file that can't be read."""
    if "no_file" in report.problems:
        return []
    if not registry_answers():
        return ["Kho kết quả: chưa hỏi được, vì cơ sở dữ liệu không chạy."]
    from motcua.results.queries import by_file
    from motcua.sites.frame.results import state_told

    result = by_file(sha256)
    if result is None:
        return ["Kho kết quả: không có tệp nào giống tệp này."]
    return [f"Kho kết quả: {result.number}, {result.title}. {state_told(result, local(datetime.now(UTC)).date())}"]


def still_holds(sha256: str, on: date) -> bool:
    """False for a result of ours that is suspended, revoked, replaced or over; of a file not known nothing is said."""
    if not registry_answers():
        return True
    from motcua.results.queries import by_file, in_force

    result = by_file(sha256)
    return result is None or in_force(result, on)


@cache
def registry_answers() -> bool:
    """Whether the registry can be asked: its database runs and has the tables. Looked at once."""
    from django.db import DatabaseError

    from motcua.results.models import Result

    try:
        if settings.DATABASE_URL:
            must_answer(settings.DATABASE_URL)
        elif not is_running(socket_folder(settings.VAR)):
            return False
        Result.objects.first()  # all its columns: a node that was not upgraded yet has not all of them
    except (Refused, DatabaseError):
        return False
    return True


def plain(path: Path, sha256: str, report: Report) -> dict[str, Any]:
    """One file for a program."""
    return {"file": str(path), "sha256": sha256, **report.plain(), "about": about(report, sha256)}


def lines(path: Path, sha256: str, report: Report) -> Iterator[str]:
    """One file for a person."""
    from motcua.sites.frame.signatures import COVERS, PROBLEMS, VERDICTS

    what, do = VERDICTS[report.verdict]
    yield f"{path}: {what}"
    yield f"  {do}"
    yield from (f"  ! {PROBLEMS[code]}" for code in report.problems)
    for number, each in enumerate(report.signatures, 1):
        yield f"  {number}. {' · '.join(filter(None, (each.signer or each.field, each.organisation)))}"
        if each.signer:
            yield f"     chứng thư số {each.serial} do {each.issuer} cấp"
            yield f"     {moments(each)} · {each.profile}"
            yield f"     {COVERS[each.covers]}"
        yield from (f"     ! {PROBLEMS[code]}" for code in each.problems)
    yield from (f"  {line}" for line in about(report, sha256))


def moments(signature: Signature) -> str:
    """When it was signed: what the signer says, and what a time-stamp says."""
    said, stamped = signature.signed_at, signature.time_stamped_at
    claimed = f"ký lúc {local(said):%d/%m/%Y %H:%M:%S} (người ký tự ghi)" if said else "không ghi lúc ký"
    proven = f"dấu thời gian {local(stamped):%d/%m/%Y %H:%M:%S}" if stamped else "không có dấu thời gian"
    return f"{claimed}, {proven}"
