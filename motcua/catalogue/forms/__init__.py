from motcua.forms import *  # noqa: F403  (moved; goes when everybody has followed)
