"""Answers kept in memory, bounded in bytes; the ones asked for longest ago go first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Values with their size in bytes: at most `most` together, and none above `most_one`. Safe for several threads."""

    def __init__(self, most: int, most_one: int):
        self.most_one = most_one
        self._most, self.size = most, 0
        self._values: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._guard = Lock()

    def find(self, key: Key) -> Value | None:
        with self._guard:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def keep(self, key: Key, value: Value, size: int) -> None:
        if size > self.most_one:
            return
        with self._guard:
            self.size += size - self._values.pop(key, (None, 0))[1]
            self._values[key] = (value, size)
            while self.size > self._most:
                self.size -= self._values.popitem(last=False)[1][1]
