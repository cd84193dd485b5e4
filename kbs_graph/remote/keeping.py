"""Publishing what was handed in, by a process of its own that tries again until the store has it.

`python -m kbs_graph.remote.keeping ROOT VAR` publishes as long as the note `to-publish` is there. The note is written
before a contribution is answered for, so that it outlives any crash; whoever starts a second process does nothing.
`kbs publish` does the same by hand. A store that is away delays publication and loses nothing; why it has to wait
stands in `keeping.log`, since whoever started this has long gone on.
"""

import logging
import random
import subprocess
import sys
import time
from pathlib import Path

from kbs_graph.config import Settings, settings
from kbs_graph.disk import Turn, sync
from kbs_graph.errors import KbsError
from kbs_graph.remote import publishing
from kbs_graph.remote.trouble import Trouble
from kbs_graph.snapshots import SnapshotStore

NOTE, LOCK, LOG = "to-publish", "keeping.lock", "keeping.log"
LONGEST = 300.0
"""Seconds between two tries, at most; it begins with one."""
_LOG = logging.getLogger(__name__)


def note(config: Settings) -> None:
    """Note, durably, that what is current soon is to be published. Without a store to write to nothing is noted."""
    if config.store and config.store_write:
        place = config.var / NOTE
        place.touch()
        sync(place)
        sync(config.var)


def start(config: Settings) -> None:
    """Go on with what is still to be published. Nothing is started when there is nothing, or one is at work."""
    if not (config.store and config.store_write and (config.var / NOTE).exists()):
        return
    try:
        with Turn(config.var / LOCK):
            pass
    except BlockingIOError:
        return
    command = [sys.executable, "-m", __name__, str(config.root), str(config.var)]
    with (config.var / LOG).open("ab") as log:
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)


def run(config: Settings) -> None:
    """Publish until there is nothing left to publish. Raises KbsError for what waiting does not mend."""
    place, pause = config.var / NOTE, 1.0
    with Turn(config.var / LOCK):
        while place.exists():
            try:
                done = publishing.publish(config, wait=publishing.PATIENCE)
            except Trouble as error:
                _LOG.warning("not published yet: %s", error.told.en)
                time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311
                pause = min(pause * 2, LONGEST)
                continue
            place.unlink(missing_ok=True)
            if SnapshotStore(config.var).current().content_hash != done.content_hash:
                place.touch()  # one came in meanwhile; it is current before its note is looked at


def main(arguments: list[str]) -> None:
    """The program: root, var. The store and who we are there come from the environment."""
    root, var = map(Path, arguments)
    config = settings(root=root, var=var)
    try:
        while (config.var / NOTE).exists():  # also when it was written after the last look
            run(config)
    except BlockingIOError:
        return
    except (KbsError, OSError) as error:
        _LOG.error("not published: %s", error)


if __name__ == "__main__":
    main(sys.argv[1:])
