"""Where procedures come from: readers of the national portal's formats and of our own, behind one port.

The definitions of an old one-stop desk come in behind a second port, as drafts (``ports.OneStopFiles``).

Each reader turns one record of its format into a `catalogue.definition.Definition` and a list of defects: what could
not be read stays as the original text and is counted, never guessed. ``adapters/disk`` finds the files and tells the
format by the content alone.
"""
