"""Every write of a re-organisation: ``carrying`` orders, carries out and undoes; ``restoring`` is the way back."""

from motcua.reorganisation.actions.carrying import carry_out, order, undo

__all__ = ["carry_out", "order", "undo"]
