"""Asking the program in the sandbox that works on sheets (`job`): this process reads none of them itself."""

from kbs_graph.sandbox import Sandbox
from kbs_graph.snapshot import Snapshot

MOST_ROWS = 300
"""Rows that a page takes at once; the door for programs takes more (workbook.MOST_ROWS)."""
_PROGRAM = "kbs_graph.contributions.sheets.job"


def ask(
    sandbox: Sandbox, snapshot: Snapshot, do: str, language: str, body: bytes = b"", organisation: str = ""
) -> bytes:
    """What the program makes of the bytes; `do` is a thing it can do. Raises what the sandbox raises."""
    arguments = {"do": do, "snapshot": str(snapshot.path), "organisation": organisation, "language": language}
    return sandbox.run(_PROGRAM, arguments, body)
