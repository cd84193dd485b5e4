"""The errors of the library: each a type with an HTTP status, words in Dutch and English, and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One sentence for people, in both languages of the product."""

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.nl


class KbsError(Exception):
    """Anything that goes wrong and that a person can be told about. `status` is the HTTP status it answers with."""

    status = 500

    def __init__(self, nl: str, en: str):
        super().__init__(en)
        self.words = Words(nl, en)


class NotRunnable(KbsError):
    """The job could not start or finish: a folder is missing, the disk is full, another builder is at work."""


class NoSnapshot(KbsError):
    """There is nothing to serve yet."""

    status = 503


class NotFound(KbsError):
    status = 404


class Gone(KbsError):
    """A retired thing. Carries what its page tells: label, reason, date and successor (`model.Tombstone`)."""

    status = 410

    def __init__(self, tombstone: object):
        super().__init__("Deze pagina is ingetrokken.", "This page has been withdrawn.")
        self.tombstone = tombstone


class Moved(KbsError):
    """A thing that was renamed or merged: its page is that of its successor, named here by the parts of its path."""

    status = 301

    def __init__(self, segment: str, slug: str):
        super().__init__("Deze pagina staat nu ergens anders.", "This page is somewhere else now.")
        self.segment, self.slug = segment, slug


class NotAcceptable(KbsError):
    status = 406


class BadRequest(KbsError):
    status = 400


class Unauthorised(KbsError):
    """No token, or one that is not valid. `fault` is the error code of RFC 6750, section 3.1; empty without a token."""

    status = 401

    def __init__(self, nl: str, en: str, fault: str = ""):
        super().__init__(nl, en)
        self.fault = fault


class Forbidden(KbsError):
    status = 403


class PreconditionFailed(KbsError):
    """What was to be replaced has changed in the meantime, or was to be new and is not (RFC 9110, section 13)."""

    status = 412


class TooLarge(KbsError):
    status = 413


class TooMany(KbsError):
    """More than one client may ask in a while. `seconds` is how long to wait before the next one."""

    status = 429

    def __init__(self, nl: str, en: str, seconds: int):
        super().__init__(nl, en)
        self.seconds = seconds


class Unavailable(KbsError):
    """A limit was reached: time, memory, output, or no free worker. The service itself is fine."""

    status = 503
