"""``motcua load …``: bring data in. Each kind of data is a subcommand and one line of the table below."""

import argparse
import importlib

LOADERS = {
    "procedures": (
        "motcua.sites.cli.load_procedures",
        "procedures of the national portal or of the platform's own format",
    ),
    "onestop": ("motcua.sites.cli.load_onestop", "forms and processes of an old one-stop desk, as drafts"),
    "synthetic": ("motcua.sites.cli.load_synthetic", "made-up dossiers in every state, for trials at volume"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A subcommand for every loader; each module gives ``add_arguments(parser)`` and ``run(options) -> int``."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    for name, (module, what) in LOADERS.items():
        importlib.import_module(module).add_arguments(kinds.add_parser(name, help=what, description=what))


def run(options: argparse.Namespace) -> int:
    """Run the loader that was asked for; its exit code."""
    code: int = importlib.import_module(LOADERS[options.kind][0]).run(options)
    return code
