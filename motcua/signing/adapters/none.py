"""Signing where nothing was set up."""

from motcua.signing.ports import Key, Trust


class NoKeys:
    """Nobody signs, and nobody is trusted: nothing was set up."""

    def of_agency(self, code: str) -> Key | None:  # noqa: ARG002
        """None."""
        return None

    def of_person(self, login: str) -> Key | None:  # noqa: ARG002
        """None."""
        return None

    def trust(self) -> Trust:
        """No roots."""
        return Trust()
