"""Every write of a re-organisation: ``carrying`` does it, ``undoing`` takes it back with ``restoring``."""

from motcua.reorganisation.actions.carrying import carry_out, order
from motcua.reorganisation.actions.undoing import undo

__all__ = ["carry_out", "order", "undo"]
