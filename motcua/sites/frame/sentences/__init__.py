"""The sentence behind every code of refusal: what happened, and what the person can do.

Vietnamese stands here, English in the locale; ``{name}`` is filled from the refusal's details.
"""
