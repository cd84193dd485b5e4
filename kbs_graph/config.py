"""One frozen Settings, read once from `KBS_*` environment variables."""

import math
import os
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from pathlib import Path

from kbs_graph.errors import NotRunnable


def _project_root() -> Path:
    here = Path(__file__).resolve().parent.parent
    return here if (here / "ontology").is_dir() else Path.cwd()


@dataclass(frozen=True)
class Settings:
    """Every setting, with its default; `KBS_<NAME>` in the environment overrides it."""

    root: Path = field(default_factory=_project_root, metadata={"help": "folder with ontology/, shapes/ and data/"})
    var: Path = field(
        default_factory=lambda: _project_root() / "var", metadata={"help": "folder for snapshots and other state"}
    )
    base_url: str = field(default="", metadata={"help": "public address of the site; empty: as the request came in"})
    query_seconds: float = field(default=10.0, metadata={"help": "time limit of a public query, in seconds"})
    query_memory_mb: int = field(default=512, metadata={"help": "memory a public query may add, in MiB"})
    query_output_mb: int = field(default=64, metadata={"help": "largest answer to a public query, in MiB"})
    query_bytes: int = field(default=65536, metadata={"help": "longest public query, in bytes"})
    query_depth: int = field(default=200, metadata={"help": "deepest nesting of a public query, in brackets"})
    query_workers: int = field(default=2, metadata={"help": "query workers in each web process"})
    job_seconds: float = field(default=20.0, metadata={"help": "time limit of reading or making a file, in seconds"})
    job_memory_mb: int = field(default=512, metadata={"help": "memory that reading or making a file may add, in MiB"})
    memory_triples: int = field(
        default=200_000, metadata={"help": "largest graph, in triples, that pages read from memory"}
    )
    keep_snapshots: int = field(default=5, metadata={"help": "snapshots kept for going back"})
    quiet_seconds: int = field(
        default=30,
        metadata={"help": "seconds without a contribution before downloads and booklets are made anew; 0: never"},
    )
    suggestions_burst: int = field(default=5, metadata={"help": "suggestions one client may send in ten minutes"})
    suggestions_per_day: int = field(default=30, metadata={"help": "suggestions one client may send in a day"})
    removal_days: int = field(
        default=10, metadata={"help": "working days within which the operator promises to change or remove on request"}
    )
    proxies: int = field(
        default=0, metadata={"help": "trusted proxies before the site that add X-Forwarded-For and X-Forwarded-Proto"}
    )


_MAY_BE_ZERO = ("proxies", "quiet_seconds")


def settings(**overrides: object) -> Settings:
    """Settings from the environment; `overrides` (None means: not given) win. An empty variable counts as unset.

    A number that is none, or that is not above zero (where zero has no meaning), raises NotRunnable.
    """
    values: dict[str, object] = {}
    for item in fields(Settings):
        given = overrides.get(item.name)
        text = os.environ.get("KBS_" + item.name.upper())
        if given is not None:
            values[item.name] = given
        elif text:
            values[item.name] = _value(item.name, text)
    if "root" in values and "var" not in values:
        values["var"] = Path(str(values["root"])) / "var"
    return Settings(**values)  # type: ignore[arg-type]


def _value(name: str, text: str) -> object:
    kinds: dict[str, Callable[[str], object]] = {"root": Path, "var": Path, "base_url": str, "query_seconds": float}
    kinds["job_seconds"] = float
    try:
        value = kinds.get(name, int)(text)
        least = 0 if name in _MAY_BE_ZERO else math.ulp(0)
        if isinstance(value, int | float) and not least <= value < math.inf:
            raise ValueError
    except ValueError:
        raise NotRunnable(
            f"Instelling KBS_{name.upper()} is geen geldig getal boven nul: {text!r}.",
            f"Setting KBS_{name.upper()} is not a valid number above zero: {text!r}.",
        ) from None
    return value
