"""Pages of the desk: a view loads, acts, answers."""
