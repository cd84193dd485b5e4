"""The scan of a request: what its one hidden field holds, and what the form of the step it comes from changed in it.

Nothing is kept between two requests. A page of a scan is one form; whatever button sends it, the fields of that page
are read first, so that going back, going on, saving and another language lose nothing. When one of them cannot be read,
the page comes back with all that was typed (`send_back`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, current_app, g, render_template, request
from werkzeug.datastructures import MultiDict

from kbs_graph.errors import TooLarge, Words
from kbs_graph.model import Texts
from kbs_graph.teamscan import problems, scanfile, topics, words
from kbs_graph.teamscan.model import Scan, Topic
from webui.i18n import language
from webui.negotiation import HTML
from webui.serving import opened
from webui.teamscan import areas, fill, result_forms
from webui.teamscan import form as scan_form
from webui.teamscan.fields import Fault, Form, Read
from webui.teamscan.form import Topics

FIELD = "stand"
"""The hidden field with the whole scan, as text."""
STEP = "van"
"""The field that says which page a form is of."""
LARGEST_BODY = 8 << 20
"""Bytes of a form or an upload: a scan of 2 MB, encoded for a form, and its fields."""
_LARGEST_READ_OFF = 128 << 20
"""Bytes of what is too large that are read, so that its sender gets to see why."""
Reader = Callable[[Scan, Form, Topics], Read]
_STEP_READERS: Mapping[str, Reader] = {
    "": scan_form.start,
    "team": scan_form.team,
    "onderwerpen": scan_form.chosen,
    "nodig": fill.needs,
    "invullen": fill.fill,
    "eigen": fill.own_layer,
}
STEPS = tuple(_STEP_READERS)
RESULTS = ("rapport", "afbakening", "plan", "beeld", "regio")
READERS: Mapping[str, Reader] = {**_STEP_READERS, **dict.fromkeys(RESULTS, result_forms.changed)}
"""What reads the fields of a page, by the last part of its address. A page without fields needs none."""


@dataclass(frozen=True)
class Taken:
    """What a request brought: the scan, the page it came from, what could not be read there, and what to tell.

    `unknown` are keys of topics that this snapshot does not know: they are kept, and asked about nowhere.
    """

    scan: Scan
    step: str = ""
    faults: tuple[Fault, ...] = ()
    notes: tuple[Words, ...] = ()
    unknown: tuple[str, ...] = ()
    form: Form = field(default_factory=MultiDict)


def init(app: Flask) -> None:
    """Look at every form of a scan before its page is made; teach the templates the words of the scan."""
    app.before_request(_room)
    app.before_request(send_back)
    app.jinja_env.filters["words"] = lambda said: said.in_language(language())
    app.jinja_env.globals["scan_words"] = words


def is_posted() -> bool:
    """Whether this request is the form of a page of a scan."""
    return request.method == "POST" and request.path.split("/")[2:3] == ["teamscan"]


def taken() -> Taken:
    """What this request brought; a new scan when it brought none."""
    if "scan" not in g:
        g.scan = _take()
    found: Taken = g.scan
    return found


def scan() -> Scan:
    """The scan of this request."""
    return taken().scan


def all_topics() -> tuple[Topic, ...]:
    """All that can be asked in this scan: the topics of the snapshot and the team's own."""
    return topics.with_own(topics.read(opened().store), scan())


def text_of(found: Scan) -> str:
    """A scan as the hidden field holds it."""
    return scanfile.dumps(found)


def page(template: str, step: str, status: int = 200, **more: object) -> Response:
    """A page of the scan of this request, with its one form. The same on every page: the scan, faults and notes."""
    found = taken()
    given: dict[str, Any] = {
        "scan": found.scan,
        "stand": text_of(found.scan),
        "faults": found.faults,
        "notes": found.notes,
        "typed": found.form if found.faults else {},
    }
    given.update(more)
    given["subjects"] = _subjects(given["faults"])
    body = render_template(template, step=step, **given)
    # Kept by the browser alone, so that its Back shows the page and what was typed there again. With `no-store` both
    # Chromium and Firefox forget the fields, and ask to send the form anew.
    response = Response(body, 422 if found.faults else status, mimetype=HTML)
    response.cache_control.private = True
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _subjects(faults: Iterable[Fault]) -> dict[str, Texts]:
    """What each faulty field is about: the label of its topic, by the name of the field."""
    labels = {topic.key: topic.label for topic in all_topics()} if faults else {}
    keys = ((fault.field, fault.field.partition(":")[2]) for fault in faults)
    return {field: labels[key] for field, key in keys if key in labels}


def send_back() -> Response | None:
    """The page a form came from, when it cannot go on: a field that cannot be read, or counts that cannot be right.

    Counts that cannot be right travel between the steps and into the file; only what is made of them waits.
    """
    if not is_posted():
        return None
    found = taken()
    if found.faults:
        return _shown(found.step)
    if found.step in STEPS and _wanted() not in (*STEPS, "bestand.json") and wrong_counts(found.scan):
        return _shown("invullen")
    return None


def wrong_counts(found: Scan) -> tuple[Fault, ...]:
    """The fields with counts that cannot be right, of topics that are counted here: no other has such a field."""
    known = topics.by_key(all_topics())
    return tuple(
        Fault(_field_of(found, problem), problem.words)
        for problem in problems.problems(found)
        if problem.field in ("counts", "learn") and problem.key in known and areas.is_counted(found.lines[problem.key])
    )


def _field_of(found: Scan, problem: problems.Problem) -> str:
    """The first field of a topic that does not fit the team or the level below it."""
    counts = found.lines[problem.key].counts
    if problem.field == "learn" or counts is None:
        return f"leren:{problem.key}"
    before = (found.size, *counts)
    at = next((at for at in range(3) if not 0 <= counts[at] <= min(before[at], found.size)), 0)
    return f"{fill.COUNTS[at]}:{problem.key}"


def _shown(step: str) -> Response:
    """A page of the scan by the last part of its address, as if it had been asked for."""
    path = f"/{language()}/teamscan" + (f"/{step}" if step else "")
    endpoint, arguments = current_app.url_map.bind("").match(path, method="POST")
    return current_app.ensure_sync(current_app.view_functions[endpoint])(**arguments)  # type: ignore[no-any-return]


def _room() -> None:
    """Leave room for a whole scan, as a field of a form or as a file. Raises 413 for what is larger."""
    if not is_posted():
        return
    request.max_content_length = request.max_form_memory_size = LARGEST_BODY
    if (request.content_length or 0) > LARGEST_BODY:
        _read_off()
        raise TooLarge(
            "Dit bestand is te groot: een scan is hooguit 2 MB. Kies het bestand dat je hier bewaarde. Met de pijl "
            "terug van je browser ben je weer waar je was; wat je typte, staat er nog.",
            "This file is too large: a scan is 2 MB at most. Choose the file you saved here. With the back button of "
            "your browser you are where you were; what you typed is still there.",
        )


def _read_off() -> None:
    """Read what is too large and forget it: a browser shows our answer only when it could send all it had."""
    left = min(request.content_length or 0, _LARGEST_READ_OFF)
    source = request.environ["wsgi.input"]
    while left > 0 and (piece := source.read(min(left, 1 << 16))):
        left -= len(piece)


def _take() -> Taken:
    known, gone = topics.read(opened().store), topics.retired(opened().store)
    posted = request.form if is_posted() else MultiDict[str, str]()
    step = posted.get(STEP, "")
    if FIELD in posted:
        loaded = scanfile.loads(posted[FIELD], known, gone)
        found, unknown = loaded.scan, loaded.unknown
        notes = loaded.notes if loaded.moved else ()
        form = _renamed(posted, loaded.moved)
    else:
        found, unknown, notes, form = Scan(), (), (), MultiDict(posted)
    read = READERS.get(step, _unchanged)(found, form, topics.by_key(topics.with_own(known, found)))
    return Taken(read.scan, step, () if _is_begun_only(step, form) else read.faults, notes, unknown, form)


def _is_begun_only(step: str, form: Form) -> bool:
    """Whether the size of a team was left empty by who stays there, goes back or takes the other language."""
    return step == "team" and _wanted() in ("", "team") and not form.get("omvang", "").strip()


def _wanted() -> str:
    """The page that a form asks for: the last part of its address."""
    return request.path.split("/", 3)[3] if request.path.count("/") > 2 else ""


def _unchanged(found: Scan, form: Form, known: Topics) -> Read:
    return Read(found)


def _renamed(posted: Mapping[str, str], moved: Mapping[str, str]) -> Form:
    """The fields of a form made before topics were renamed, by the keys of today."""
    form: Form = MultiDict(posted)
    if not moved:
        return form
    pairs = []
    for name, value in form.items(multi=True):
        what, colon, key = name.partition(":")
        pairs.append((f"{what}{colon}{moved.get(key, key)}", moved.get(value, value) if name == "kies" else value))
    return MultiDict(pairs)
