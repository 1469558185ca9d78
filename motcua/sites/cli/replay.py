"""``motcua replay NAME``: forget what a subscriber wrote and compute it again from the first fact."""

import argparse

from tqdm import tqdm

from motcua.base.cursors import Subscribers, advance, lag, replay
from motcua.base.wires import provider


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The subscriber's name."""
    parser.add_argument("name", choices=[subscriber.name for subscriber in provider(Subscribers)])


def run(options: argparse.Namespace) -> int:
    """Replay one subscriber, with progress."""
    (subscriber,) = [each for each in provider(Subscribers) if each.name == options.name]
    replay(subscriber)
    with tqdm(total=lag(subscriber.name), unit=" facts") as bar:
        while read := advance(subscriber):
            bar.update(read)
    return 0
