"""Where procedures come from: readers of the national portal's formats and of our own, behind one port.

Each reader turns one record of its format into a `catalogue.definition.Definition` and a list of defects: what could
not be read stays as the original text and is counted, never guessed. ``adapters/disk`` finds the files and tells the
format by the content alone.
"""
