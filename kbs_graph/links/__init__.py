"""Checking the addresses of sources: one polite visit each, and what was found."""
