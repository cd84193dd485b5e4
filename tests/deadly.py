"""A process that kills itself at a given moment: for the children of tests on crashes."""

import os
import signal
from collections.abc import Callable
from typing import Any


def die(*_: object) -> None:
    """End this process as a power cut would: nothing is closed, flushed or tidied."""
    os.kill(os.getpid(), signal.SIGKILL)


def at(step: str) -> Callable[[str], None]:
    """What dies when it hears of a step."""
    return lambda heard: die() if heard == step else None


def arm(names: dict[str, Any], function: str, call: int, after: bool) -> None:
    """Make `owner.name` deadly, with its owner in `names`: before that call (1 is the first), or after it.

    Without a function nothing is.
    """
    if not function:
        return
    owner, name = function.split(".")
    original = getattr(names[owner], name)
    calls = 0

    def deadly(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call and not after:
            die()
        result = original(*arguments, **named)
        if calls == call:
            die()
        return result

    setattr(names[owner], name, deadly)
