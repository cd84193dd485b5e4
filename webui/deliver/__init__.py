"""Handing in: the addresses, the fields of its form, and what came of it."""
