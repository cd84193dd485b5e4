"""One frozen Settings, read once from `KBS_*` environment variables."""

import math
import os
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

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
    query_queue: int = field(default=100, metadata={"help": "public queries that may wait in each web process"})
    query_per_client: int = field(
        default=32, metadata={"help": "public queries that one client may have in each web process at once"}
    )
    query_longest_wait: float = field(
        default=60.0, metadata={"help": "longest wait, in seconds, of a client whose queries have to be stopped"}
    )
    query_forgiven_seconds: float = field(
        default=600.0, metadata={"help": "seconds after which a query that had to be stopped is forgotten"}
    )
    query_kept_mb: int = field(default=32, metadata={"help": "answers to queries kept in each web process, in MiB"})
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
    store: str = field(default="", metadata={"help": "address for queries of a SPARQL 1.1 store; empty: our own store"})
    store_user: str = field(default="", metadata={"help": "name to read from that store with; empty: without one"})
    store_password: str = field(
        default="", repr=False, metadata={"help": "password of that name; without a name: a bearer token"}
    )
    store_write: str = field(
        default="", metadata={"help": "address of that store for the Graph Store Protocol, to publish to"}
    )
    store_write_user: str = field(default="", metadata={"help": "name to publish with"})
    store_write_password: str = field(
        default="", repr=False, metadata={"help": "password of that name; without a name: a bearer token"}
    )
    store_seconds: float = field(default=20.0, metadata={"help": "time limit of a question to that store, in seconds"})


_MAY_BE_ZERO = ("proxies", "quiet_seconds")
_ADDRESSES = ("store", "store_write")


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
            values[item.name] = _value(item, text)
    if "root" in values and "var" not in values:
        values["var"] = Path(str(values["root"])) / "var"
    return Settings(**values)  # type: ignore[arg-type]


def _value(item: Field[object], text: str) -> object:
    assert isinstance(item.type, type)
    name = "KBS_" + item.name.upper()
    if item.name in _ADDRESSES and not _is_address(text):
        raise NotRunnable(
            f"Instelling {name} is geen adres met http:// of https:// (een naam en wachtwoord horen er niet in, maar "
            f"in {name}_USER en {name}_PASSWORD).",
            f"Setting {name} is not an address with http:// or https:// (a name and password do not belong in it, but "
            f"in {name}_USER and {name}_PASSWORD).",
        )
    try:
        value: object = item.type(text)
        least = 0 if item.name in _MAY_BE_ZERO else math.ulp(0)
        if isinstance(value, int | float) and not least <= value < math.inf:
            raise ValueError
    except ValueError:
        raise NotRunnable(
            f"Instelling {name} is geen geldig getal boven nul: {text!r}.",
            f"Setting {name} is not a valid number above zero: {text!r}.",
        ) from None
    return value


def _is_address(text: str) -> bool:
    """Whether this is an address of a store that may be shown: without a name or a password in it."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not ("@" in parts.netloc or parts.fragment)
