"""What a client did wrong, in the form of Skosmos: `404 Not Found : Could not find concept <…>`, in English."""

from http import HTTPStatus


class Refused(Exception):
    """An answer that is not a document. `status` is that of HTTP, the text what the client gets to read."""

    def __init__(self, status: HTTPStatus, message: str = "", phrase: str = ""):
        super().__init__(f"{status.value} {phrase or status.phrase}" + (f" : {message}" if message else ""))
        self.status = status


def missing(name: str) -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, f"{name} parameter missing")


def invalid(name: str) -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, f"{name} parameter is invalid")


def no_vocabulary(name: str) -> Refused:
    return Refused(HTTPStatus.NOT_FOUND, f"Vocabulary id '{name}' not found.")


def no_method() -> Refused:
    return Refused(HTTPStatus.NOT_FOUND)


def no_concept(iri: str) -> Refused:
    return Refused(HTTPStatus.NOT_FOUND, f"Could not find concept <{iri}>")


def no_group(iri: str) -> Refused:
    return Refused(HTTPStatus.NOT_FOUND, f"Could not find group <{iri}>")


def no_data() -> Refused:
    """Where data is asked Skosmos calls a 404 by the name of a 400; clients may know it by that."""
    return Refused(HTTPStatus.NOT_FOUND, "no concept found with given uri", HTTPStatus.BAD_REQUEST.phrase)
