"""All commands of ``motcua`` in one table: name, module, what it does. Django's own commands follow behind."""

import argparse
import importlib
import sys

from motcua.base.errors import Refused

COMMANDS = {
    "calendar": "the working days of a year and why",
    "load": "load procedures or made-up dossiers",
    "try": "walk every path of a process, without a dossier",
    "bpmn": "a process as BPMN 2.0, out and in",
    "search": "find procedures for a question",
    "review": "papers that the State asks for though it has them",
    "check": "prove that what must hold holds",
    "demo": "start the demo node",
    "agency": "merge, split and rename agencies by plan, and undo",
    "verify": "what signed files prove",
    "dev-ca": "a certificate authority to develop with, and keys",
    "sandbox-bank": "a bank that moves no money, with every bad day a bank can have",
    "worker": "read the ledger and do outside work",
    "replay": "compute a subscriber's figures again from the facts",
}
MODULES = {"try": "try_out", "sandbox-bank": "sandbox_bank", "dev-ca": "dev_ca"}  # names that no module can have
OFFLINE = {
    "try",
    "bpmn",
    "review",
    "sandbox-bank",
}  # read files without Django; for the catalogue they call `ready_catalogue`
NO_DATABASE = {"collectstatic"}


def run(arguments: list[str]) -> int:
    """Run one command line; returns the exit code. A refusal is one clear line on stderr and exit code 2."""
    try:
        if not arguments or arguments[0] not in OFFLINE:
            _ready_django()
        if arguments and arguments[0] in COMMANDS:
            return _ours(arguments[0], arguments[1:])
        if arguments and arguments[0] not in {"-h", "--help", "help"}:
            return _django(arguments)
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stdout = None  # nothing is left to flush to
        return 0
    except Refused as refusal:
        _ready_django()
        from motcua.sites.frame.refusals import said

        words = said(refusal)
        print(f"{words.what} {words.do}", file=sys.stderr)
        return 2
    print("motcua COMMAND …\n\n" + "\n".join(f"  {name:10} {what}" for name, what in COMMANDS.items()))
    return 0 if arguments else 2


def _ready_django() -> None:
    """Read settings and connect the wiring; what an operator set wrongly is one line and exit code 2."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        print(f"motcua: sai cấu hình, wrong settings: {wrong}", file=sys.stderr)
        raise SystemExit(2) from None


def ready_catalogue() -> None:
    """See that the catalogue can be asked, for a command that began without Django. Raises as `ready_database`."""
    _ready_django()
    ready_database()


def ready_database() -> bool:
    """See that PostgreSQL answers: the one named, or the embedded one, started now if need be (then True).

    Raises `Refused` ``database_unreachable``, ``database_broken``.
    """
    from django.conf import settings

    from motcua.base import database

    if settings.DATABASE_URL:
        database.must_answer(settings.DATABASE_URL)
        return False
    return database.ensure(settings.VAR)


def _ours(name: str, arguments: list[str]) -> int:
    module = importlib.import_module(f"motcua.sites.cli.{MODULES.get(name, name)}")
    parser = argparse.ArgumentParser(prog=f"motcua {name}", description=COMMANDS[name])
    module.add_arguments(parser)
    options = parser.parse_args(arguments)
    if getattr(module, "NEEDS_DATABASE", True):
        ready_database()
    code: int = module.run(options)
    return code


def _django(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    if arguments[0] not in NO_DATABASE:
        ready_database()
    execute_from_command_line(["motcua", *arguments])
    return 0
