"""``make check``: format, lint, types, contracts, missing migrations, translations; each one tool, run to its end."""

import os
import subprocess
import sys
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS = {
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "lint": [BIN / "ruff", "check", "--quiet", "--output-format", "concise", "."],
    "types": [BIN / "mypy"],
    "contracts": [BIN / "lint-imports"],
    "missing migrations": [sys.executable, "-m", "motcua", "makemigrations", "--check", "--dry-run"],
    "translations": [sys.executable, "-m", "tests.translations"],
    "tidy and consistent": [BIN / "pytest", "-q", "tests/test_tidy.py", "tests/test_consistency.py"],
}


def main() -> int:
    """Run them all; 0 when each one is content."""
    failed = []
    for name, command in CHECKS.items():
        done = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, env=os.environ, check=False
        )
        sys.stdout.write(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name}\n")
        if done.returncode:
            failed.append(name)
            sys.stdout.write(done.stdout[-6000:] + done.stderr[-3000:] + "\n")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
