"""The citizens' face: find a procedure, file it, follow it, get the result and prove it."""
