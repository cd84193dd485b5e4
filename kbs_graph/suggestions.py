"""The editors' inbox: one file a suggestion under `var/suggestions/`, with a number by which its sender sees its state.

A number is eight digits, shown as 4821-9036, that nobody can guess in order. It is drawn from the one-time id of the
form (form_ids), so a form posted twice gives one file and one number. A file is whole or not there: it is written
under another name, made durable, and only then gets its own. No file is ever removed, so no number comes back.
"""

import contextlib
import json
import logging
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

from kbs_graph import form_ids, personal_data
from kbs_graph.disk import sync
from kbs_graph.errors import NotFound, NotRunnable, Unavailable, Words

SCHEMA = 1
KINDS = ("fout", "mist", "onduidelijk", "dode-link", "ander-woord")
"""What a suggestion can be about: a mistake, something missing, something unclear, a dead link, another word."""
RECEIVED, AT_WORK, DONE, DECLINED = "ontvangen", "in-behandeling", "gedaan", "niet-overgenomen"
STATES = (RECEIVED, AT_WORK, DONE, DECLINED)
LONGEST = 2000
"""Characters of a text, and of an answer."""
LONGEST_PAGE = 500
_NUMBERS = 10**8
_UNSEEN = ("Cc", "Cs", "Co", "Cn")
_TURNING = "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""Signs that turn the direction of writing or cannot be seen, so that a text looks other than it is."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Draft:
    """What someone wants to send. `page` is the path of one of our pages, or empty; `language` that of the form."""

    kind: str
    page: str
    text: str
    language: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with a field of a draft (`kind`, `page`, `text`), and what to do."""

    field: str
    words: Words


@dataclass(frozen=True)
class Suggestion:
    """A suggestion as it is kept. Times are UTC, ISO 8601; `form` is the fingerprint of the form it came in with."""

    number: str
    received: str
    kind: str
    page: str
    text: str
    language: str
    form: str
    state: str = RECEIVED
    changed: str = ""
    answer: Mapping[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The number as people read it out: 4821-9036."""
        return f"{self.number[:4]}-{self.number[4:]}"

    def says(self, draft: Draft) -> bool:
        """Whether this is what that draft holds."""
        return (self.kind, self.page, self.text) == (draft.kind, draft.page, draft.text)


def cleaned(text: str) -> str:
    """A text without signs that cannot be seen, with plain line ends and no space around it."""
    lines = re.sub(r"\r\n?|[\u0085\u2028\u2029]", "\n", text).replace("\t", " ")
    seen = (c for c in lines if c == "\n" or (unicodedata.category(c) not in _UNSEEN and c not in _TURNING))
    return re.sub(r"\n{3,}", "\n\n", unicodedata.normalize("NFC", "".join(seen))).strip()


def faults(draft: Draft) -> tuple[Fault, ...]:
    """All that is wrong with a draft whose text was `cleaned`; nothing when it may be sent."""
    found = []
    if draft.kind not in KINDS:
        found.append(Fault("kind", Words("Kies wat je wilt doorgeven.", "Choose what you want to pass on.")))
    page = unquote(draft.page)
    if len(page) > LONGEST_PAGE or page != cleaned(page):
        words = Words("Dit is geen adres van een van onze pagina's.", "This is not the address of a page of ours.")
        found.append(Fault("page", words))
    else:
        found += [Fault("page", words) for words in personal(page)]
    return (*found, *(Fault("text", words) for words in text_faults(draft.text)))


def text_faults(text: str) -> list[Words]:
    """What is wrong with a text for others to read: empty, too long, or with data of people in it."""
    if not text:
        return [Words("Schrijf op wat je wilt doorgeven.", "Write down what you want to pass on.")]
    if len(text) > LONGEST:
        return [
            Words(
                f"Je tekst is {len(text)} tekens lang. Maak hem korter: {LONGEST} tekens is het meeste.",
                f"Your text has {len(text)} characters. Make it shorter: {LONGEST} characters is the most.",
            )
        ]
    return personal(text)


def personal(text: str) -> list[Words]:
    """Why a text is refused for the data of people in it: one sentence for each kind, none when there is none."""
    found = personal_data.find(text)
    return [words for kind, words in _PERSONAL.items() if kind in found]


_PERSONAL = {
    personal_data.BSN: Words(
        "Hier staat een getal dat een burgerservicenummer (BSN) kan zijn. Haal het weg: we bewaren niets over mensen.",
        "There is a number here that can be a citizen service number (BSN). Remove it: we keep nothing about people.",
    ),
    personal_data.MAIL: Words(
        "Hier staat een mailadres. Haal het weg: je krijgt een nummer waarmee je het antwoord kunt lezen.",
        "There is an e-mail address here. Remove it: you get a number with which you can read the answer.",
    ),
    personal_data.PHONE: Words(
        "Hier staat een telefoonnummer. Haal het weg. Gaat het om een organisatie? Geef dan haar webadres.",
        "There is a phone number here. Remove it. Is it about an organisation? Then give its web address.",
    ),
}


def sent(var: Path, secret: bytes, form: str) -> Suggestion | None:
    """The suggestion that came in with a form, if it did. Raises Unavailable when the inbox cannot be read."""
    with _disk():
        return _drawn(_inbox(var), secret, form)[1]


def submit(var: Path, secret: bytes, form: str, draft: Draft, now: datetime) -> Suggestion:
    """Keep a draft without faults, and give what is kept. Of the same form that is what came first.

    Raises Unavailable when it cannot be kept: the disk is full, or the folder is not there.
    """
    with _disk():
        folder = _inbox(var)
        folder.mkdir(mode=0o700, exist_ok=True)
        while True:
            number, before = _drawn(folder, secret, form)
            if before:
                return before
            moment = _moment(now)
            made = Suggestion(number, moment, form=form_ids.fingerprint(form), changed=moment, **asdict(draft))
            with contextlib.suppress(FileExistsError):  # the same form, posted at the same time: look again
                _write(folder, made, exclusive=True)
                return made


def find(var: Path, number: str) -> Suggestion:
    """The suggestion with a number, in any way of writing it. Raises NotFound."""
    digits = re.sub(r"[\s\-–.]", "", number)
    path = _inbox(var) / f"{digits}.json"
    if not re.fullmatch(r"[0-9]{8}", digits) or not path.is_file():
        raise NotFound(
            "We kennen dit nummer niet. Kijk het na: het zijn acht cijfers, zoals 4821-9036.",
            "We do not know this number. Check it: it has eight digits, like 4821-9036.",
        )
    return _read(path)


def every(var: Path, state: str | None = None) -> list[Suggestion]:
    """All suggestions (in one state), the longest waiting first. Raises NotRunnable for a file that is not one."""
    found = (_read(path) for path in _inbox(var).glob("[0-9]*.json"))
    return sorted((s for s in found if state in (None, s.state)), key=lambda s: (s.received, s.number))


def handle(var: Path, number: str, state: str, answer: Mapping[str, str], now: datetime) -> Suggestion:
    """Give a suggestion another state and, unless `answer` is empty, another answer (nl and en), for anyone to read.

    Raises NotFound, and NotRunnable for an answer that may not be shown or is not in both languages.
    """
    texts = {language: cleaned(text) for language, text in answer.items()}
    wrong = [words for text in texts.values() for words in text_faults(text)]
    if texts and texts.keys() != {"nl", "en"}:
        wrong.append(Words("Geef het antwoord in het Nederlands en in het Engels.", "Answer in Dutch and in English."))
    if wrong:
        raise NotRunnable(f"Zo kan het antwoord niet: {wrong[0].nl}", f"The answer cannot be like this: {wrong[0].en}")
    before = find(var, number)
    changed = replace(before, state=state, changed=_moment(now), answer=texts or before.answer)
    _write(_inbox(var), changed, exclusive=False)
    return changed


def erase(var: Path, number: str, now: datetime) -> Suggestion:
    """Empty the text and page of a suggestion, as its sender may ask. The number stays taken. Raises NotFound."""
    erased = replace(find(var, number), text="", page="", changed=_moment(now))
    _write(_inbox(var), erased, exclusive=False)
    return erased


def _inbox(var: Path) -> Path:
    return var / "suggestions"


def _moment(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _drawn(folder: Path, secret: bytes, form: str) -> tuple[str, Suggestion | None]:
    """The number of a form and what is kept under it: the first number drawn that is free or already of this form."""
    mark = form_ids.fingerprint(form)
    attempt = 0
    while True:
        number = f"{form_ids.draw(secret, form, attempt, _NUMBERS):08}"
        path = folder / f"{number}.json"
        if not path.exists():
            return number, None
        kept = _read(path)
        if kept.form == mark:
            return number, kept
        attempt += 1


def _write(folder: Path, suggestion: Suggestion, exclusive: bool) -> None:
    """Make a file durable, then let it be seen; `exclusive`: FileExistsError when the number is taken."""
    document = {"schema": SCHEMA, **asdict(suggestion)}
    target = folder / f"{suggestion.number}.json"
    made = folder / f".new-{secrets.token_hex(8)}"
    try:
        with made.open("x", encoding="utf-8") as file:
            json.dump(document, file, ensure_ascii=False, indent=1)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        if exclusive:
            os.link(made, target)
        else:
            made.replace(target)
    finally:
        made.unlink(missing_ok=True)
    sync(folder)


def _read(path: Path) -> Suggestion:
    try:
        document = json.loads(path.read_bytes())
        if document.pop("schema") != SCHEMA:
            raise ValueError("schema")
        found = Suggestion(**document)
        if found.number != path.stem or found.kind not in KINDS or found.state not in STATES:
            raise ValueError("number, kind or state")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotRunnable(
            f"{path} is geen suggestie (versie {SCHEMA}) die we kunnen lezen: {error}. Herstel dat bestand.",
            f"{path} is not a suggestion (version {SCHEMA}) that we can read: {error}. Mend that file.",
        ) from None
    return found


@contextlib.contextmanager
def _disk() -> Iterator[None]:
    """A refusal of the disk as an error a reader understands; the log has the rest."""
    try:
        yield
    except OSError as error:
        _log.error("the inbox of suggestions cannot be used: %s", error)
        raise Unavailable(
            "We kunnen je suggestie nu niet bewaren. Probeer het over een paar minuten nog eens.",
            "We cannot keep your suggestion right now. Try again in a few minutes.",
        ) from error
