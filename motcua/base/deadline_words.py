from motcua.deadlines.words import *  # noqa: F403
