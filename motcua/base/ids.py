"""Time-ordered identifiers (UUID version 7, RFC 9562): new rows land at the end of every index."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new identifier; later ones of this process sort after earlier ones."""
    return uuid7()
