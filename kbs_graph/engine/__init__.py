"""The query engine: processes that answer one query of a stranger and may be killed at any time, and who is next."""
