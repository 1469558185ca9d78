"""One module a page or a few that belong together; each view loads, acts, answers."""
