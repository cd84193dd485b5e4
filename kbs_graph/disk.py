"""What is asked of the disk: that bytes are durable, that files which are read stay, and whether there is room."""

import errno
import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
PATIENCE = 600.0
"""Seconds to wait for another process that makes the same files."""
_LOOK_AGAIN = 0.02
"""Seconds between two looks whether another writer is done."""
_FULL_IN_WORDS = (*map(os.strerror, _FULL), "database or disk is full", "disk I/O error")


class Hold:
    """Keeps a snapshot's store from being pruned as long as this object, or its process, lives.

    A reader needs it: the store opens many of its files only when a query first asks for them. `alone` is for whoever
    wants to remove it. Raises BlockingIOError when others hold it (`alone`), FileNotFoundError when it is gone.
    """

    def __init__(self, store: Path, alone: bool = False):
        self._handle = -1
        self._handle = os.open(store, os.O_RDONLY)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
            store.stat()  # it may have lost its name while we waited
        except OSError:
            self.release()
            raise

    def release(self) -> None:
        """Let go; harmless when that was done already."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    def __enter__(self) -> "Hold":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def __del__(self) -> None:
        self.release()


class Turn:
    """The turn of one writer, kept as long as this object is used with `with`, or its process lives.

    Waits for the others up to `wait` seconds; raises BlockingIOError when they are not done by then.
    """

    def __init__(self, path: Path, wait: float = 0):
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        until = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() >= until:
                    os.close(self._handle)
                    raise
            time.sleep(_LOOK_AGAIN)

    def __enter__(self) -> "Turn":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._handle)


def sync(path: Path) -> None:
    """Make one file, or the names in one folder, durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(root: Path) -> None:
    """Make every file and folder under `root` durable, contents before the folders that name them."""
    for folder, _, names in os.walk(root, topdown=False):
        for name in names:
            sync(Path(folder) / name)
        sync(Path(folder))


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A folder to fill, which becomes `target` when all of it is there and durable; after a failure nothing is left."""
    work = target.with_name(f"{target.name}.work")
    try:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        yield work
        sync_tree(work)
        shutil.rmtree(target, ignore_errors=True)
        work.replace(target)
        sync(target.parent)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def is_disk_full(error: Exception) -> bool:
    """Whether a write failed for want of room; RocksDB and SQLite say so in words alone."""
    return getattr(error, "errno", None) in _FULL or any(words in str(error) for words in _FULL_IN_WORDS)
