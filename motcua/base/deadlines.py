from motcua.deadlines.counting import *  # noqa: F403
