"""The command ``motcua``: starts the embedded server when one is needed, then hands over to ``sites.cli``."""

import os
import sys


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code (0 good, 1 found something, 2 wrong use or bad input)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    from motcua import offline
    from motcua.sites.cli.commands import run

    offline.connect()
    return run(sys.argv[1:] if arguments is None else arguments)


if __name__ == "__main__":
    sys.exit(main())
