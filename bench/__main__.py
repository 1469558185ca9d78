"""Every speed claim in one table: ``python -m bench [NAME …] [--quick]``. Benches run one after the other.

✓ or ✗ compares what was measured now with what was asked for; nothing here is written down beforehand.
"""

import argparse
import json
import re
import subprocess
import sys
import time

from bench.node import ROOT, Claim, line, note

QUICK = {
    "submit": ["--rounds", "3", "--acts", "200"],
    "desk": ["--dossiers", "20000", "--requests", "60"],
    "moves": ["--rounds", "3", "--acts", "200"],
    "worklist": ["--requests", "60"],
    "editions": [],
    "once": [],
    "payments": ["--acts", "100"],
    "signing": ["--acts", "20", "--files", "100"],
    "pages": ["--seconds", "1", "--rounds", "3"],
    "search": [],
}
BENCHES = tuple(QUICK)
OWN_FORMAT = {"submit", "desk", "moves", "worklist", "editions", "once", "payments", "signing"}
RATIO = re.compile(r"median ratio ([\d.]+) \(asked: at least ([\d.]+)\)")
RATES = re.compile(r"hello ([\d,]+)/s, page ([\d,]+)/s")


def claims_of(name: str, options: list[str]) -> list[Claim]:
    """Run one bench; what it claims, or one line that it did not come to an end."""
    own = name in OWN_FORMAT
    command = [sys.executable, "-m", f"bench.{name}", *options, *(["--json"] if own else [])]
    begun = time.monotonic()
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    note(f"— {name}: {time.monotonic() - begun:.0f} s, exit code {told.returncode}")
    if own:
        return [Claim(**one) for one in json.loads(told.stdout)] if told.stdout.strip() else [unfinished(name)]
    print(told.stdout)
    return ratios(told.stdout)


def ratios(printed: str) -> list[Claim]:
    """The line of the bench of pages, read back from what it printed; others print a table of their own."""
    found = RATIO.search(printed)
    rates = RATES.findall(printed)
    if not found or not rates:
        return []
    hello, page = rates[-1]
    return [
        Claim("anonymous page: of the server's hello", f"{page}/s", f"{hello}/s", float(found[1]), float(found[2]))
    ]


def unfinished(name: str) -> Claim:
    """A bench that broke is not met."""
    return Claim(f"{name}: did not finish", "", "", 0, 1)


def main() -> int:
    """Run what was asked for, one after the other, and print one table; 1 when something was not met."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="every speed claim, measured now")
    parser.add_argument("names", nargs="*", choices=[*BENCHES, []], metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument(
        "--quick", action="store_true", help="short settings: minutes instead of a quarter of an hour"
    )
    chosen = parser.parse_args()
    claims = [
        claim for name in chosen.names or BENCHES for claim in claims_of(name, QUICK[name] if chosen.quick else [])
    ]
    print(f"\n  {'claim':<54} {'ours':>14} {'beside':>20} {'measured':>8}  asked")
    for claim in claims:
        print(line(claim))
    return int(not all(claim.met for claim in claims))


if __name__ == "__main__":
    sys.exit(main())
