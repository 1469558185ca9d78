from motcua.deadlines.queries import *  # noqa: F403
