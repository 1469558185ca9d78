"""Every speed claim as a command: ours beside the floor, in one run, as a ratio."""
