"""What is made once a contribution is in use: downloads and booklets, by a process of its own, when it is quiet.

`python -m kbs_graph.contributions.afterwards` waits until nothing changed for `KBS_QUIET_SECONDS`, makes them for the
snapshot that is current then, and ends. One at a time; whoever starts a second one does nothing. Until they are made
the downloads of an earlier snapshot are offered (`Snapshot.offered`). No contribution ever waits for this.
"""

import logging
import subprocess
import sys
import time
from pathlib import Path

from kbs_graph.config import Settings, settings
from kbs_graph.disk import Hold, Turn
from kbs_graph.errors import KbsError
from kbs_graph.snapshots import Snapshot, SnapshotStore

LOCK = "afterwards.lock"
_LOG = logging.getLogger(__name__)


def start(config: Settings) -> None:
    """See to it that the downloads are made, without waiting for it. Nothing is started when one is at work."""
    if not config.quiet_seconds:
        return
    try:
        with Turn(config.var / LOCK):
            pass
    except BlockingIOError:
        return
    command = [sys.executable, "-m", __name__, str(config.root), str(config.var), str(config.quiet_seconds)]
    subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True, close_fds=True
    )


def run(config: Settings) -> int:
    """Make what the current snapshot lacks, when it is quiet. Returns the number of the snapshot that has it all."""
    from kbs_graph.booklet import shelf
    from kbs_graph.dataset import dumps

    snapshots = SnapshotStore(config.var)
    try:
        turn = Turn(config.var / LOCK)
    except BlockingIOError:
        return 0
    with turn:
        while True:
            current = _quiet(snapshots, config.quiet_seconds)
            with Hold(current.store):
                dumps.make(current)
                shelf.make(current)
            if snapshots.current_number() == current.number:
                return current.number


def _quiet(snapshots: SnapshotStore, seconds: float) -> Snapshot:
    """The current snapshot, once it has been that for so many seconds."""
    while True:
        number = snapshots.current_number()
        time.sleep(seconds)
        if snapshots.current_number() == number:
            return snapshots.get(number)


def main(arguments: list[str]) -> None:
    """The program: root, var, seconds. What goes wrong is logged; the next contribution or build tries again."""
    root, var, seconds = arguments
    config = settings(root=Path(root), var=Path(var), quiet_seconds=int(seconds))
    try:
        while run(config) not in (0, SnapshotStore(config.var).current_number()):
            pass  # one more came in after the last look, while this still had the turn
    except (KbsError, OSError) as error:
        _LOG.error("downloads not made: %s", error)


if __name__ == "__main__":
    main(sys.argv[1:])
