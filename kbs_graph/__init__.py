"""The library of Kennisbouwstenen: from Turtle files to a checked, queryable graph. Knows nothing of Flask."""

__version__ = "0.2.0"
