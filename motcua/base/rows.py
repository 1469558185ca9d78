"""Rows of several tables read at once by a plain statement, as the models they are.

For what every act of a kind does: building such a statement anew through the ORM costs five times what it costs to run.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models


@cache
def columns(*tables: type[models.Model]) -> str:
    """The columns of ``tables`` in order, as a statement names them."""
    named = [f'"{table._meta.db_table}"."{each.column}"' for table in tables for each in table._meta.concrete_fields]
    return ", ".join(named)


def first_row(statement: str, values: Sequence[Any], *tables: type[models.Model]) -> list[Any] | None:
    """The first row of a statement that selects `columns` of the same ``tables``: an instance of each, or None."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    if row is None:
        return None
    found, start = [], 0
    for table in tables:
        end = start + len(table._meta.concrete_fields)
        found.append(_instance(table, row[start:end]))
        start = end
    return found


def _instance(table: type[models.Model], row: Sequence[Any]) -> models.Model:
    fields = table._meta.concrete_fields
    read = []
    for field, value in zip(fields, row, strict=True):
        for convert in field.get_db_converters(connection):
            value = convert(value, None, connection)
        read.append(value)
    return table.from_db(connection.alias, [field.attname for field in fields], read)
