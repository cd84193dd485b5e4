"""The one Service of this process, and the snapshot a request answers with from start to end."""

import atexit
import os
from dataclasses import dataclass, field
from threading import Lock

from flask import Flask, current_app, g

from kbs_graph.config import Settings
from kbs_graph.service import Opened, Service

_KEY = "kbs_service"


@dataclass
class _Held:
    """The Service and the process it was made in: worker processes and locks do not survive a fork."""

    settings: Settings
    service: Service | None = None
    process: int = 0
    guard: Lock = field(default_factory=Lock)


def init(app: Flask, settings: Settings) -> None:
    """Give the app its settings; nothing is opened before the first request."""
    app.extensions[_KEY] = _Held(settings)


def settings() -> Settings:
    """The settings the app was made with."""
    held: _Held = current_app.extensions[_KEY]
    return held.settings


def service() -> Service:
    """The Service of this process, made at first use and closed when the process ends."""
    held: _Held = current_app.extensions[_KEY]
    with held.guard:
        if held.service is None or held.process != os.getpid():
            held.service = Service(held.settings)
            held.process = os.getpid()
            atexit.register(held.service.close)
        return held.service


def at_hand() -> Opened:
    """The snapshot that a request to write builds on, which does not depend on a store elsewhere."""
    if "at_hand" not in g:
        g.at_hand = service().at_hand()
    found: Opened = g.at_hand
    return found


def opened() -> Opened:
    """The snapshot of this request. Raises NoSnapshot when there is none."""
    if "opened" not in g:
        g.opened = service().current()
    found: Opened = g.opened
    return found
