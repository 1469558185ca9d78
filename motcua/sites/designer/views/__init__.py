"""Pages of the designer: a view loads, acts, answers."""
