"""What can be wrong with a store elsewhere, in words: for readers only that it passes, for who runs it what to do."""

from kbs_graph.errors import NotRunnable, Unavailable, Words


class Trouble(Unavailable):
    """A store elsewhere did not answer as it should. `told` is for who runs the site; it names no credentials.

    `passes` tells whether the same question may well be answered in a moment.
    """

    def __init__(self, told: Words, passes: bool = False):
        super().__init__(
            "De graaf is nu niet te bereiken. Probeer het zo nog eens.",
            "The graph cannot be reached now. Try again in a moment.",
        )
        self.told, self.passes = told, passes

    def for_operator(self) -> NotRunnable:
        """The same for a person at the command line."""
        return NotRunnable(self.told.nl, self.told.en)


class Refused(Trouble):
    """The store understood the question and will not answer it (400, 500). `reason` is its first line."""

    def __init__(self, place: str, status: int, reason: str):
        super().__init__(
            Words(
                f"{place} gaf {status} terug: {reason}",
                f"{place} answered {status}: {reason}",
            )
        )
        self.reason = reason


class Slow(Trouble):
    """No answer within the time there was."""


class TooBig(Trouble):
    """An answer larger than was allowed."""


def away(place: str, why: str) -> Trouble:
    return Trouble(
        Words(
            f"{place} is niet te bereiken ({why}). Staat de store aan, en klopt het adres?",
            f"{place} cannot be reached ({why}). Is the store running, and is the address right?",
        ),
        passes=True,
    )


def busy(place: str, status: int) -> Trouble:
    return Trouble(
        Words(f"{place} kan nu niet antwoorden ({status}).", f"{place} cannot answer now ({status})."), passes=True
    )


def broken_off(place: str) -> Trouble:
    return Trouble(
        Words(f"Het antwoord van {place} brak af.", f"The answer of {place} broke off."),
        passes=True,
    )


def slow(place: str, seconds: float) -> Slow:
    return Slow(
        Words(
            f"{place} antwoordde niet binnen {seconds:g} seconden (KBS_STORE_SECONDS).",
            f"{place} did not answer within {seconds:g} seconds (KBS_STORE_SECONDS).",
        )
    )


def too_large(place: str, most: int) -> TooBig:
    return TooBig(
        Words(
            f"Het antwoord van {place} is groter dan {most >> 20} MiB.",
            f"The answer of {place} is larger than {most >> 20} MiB.",
        )
    )


def nothing_there(place: str) -> Trouble:
    return Trouble(
        Words(
            f"In {place} is niets gepubliceerd. Draai: kbs publish",
            f"Nothing is published in {place}. Run: kbs publish",
        )
    )


def unknown_here(number: int, created: str) -> Trouble:
    return Trouble(
        Words(
            f"De store houdt publicatie {number} van {created}; de momentopname daarvan is hier niet (meer). "
            "Draai: kbs publish, of neem de momentopname over van de machine die publiceerde.",
            f"The store holds publication {number} of {created}; its snapshot is not here (any more). "
            "Run: kbs publish, or take the snapshot over from the machine that published.",
        )
    )


def cut_short(place: str, rows: int) -> Trouble:
    return Trouble(
        Words(
            f"{place} geeft niet meer dan {rows} rijen. Zet die grens hoger (bij Virtuoso: ResultSetMaxRows).",
            f"{place} gives no more than {rows} rows. Raise that limit (in Virtuoso: ResultSetMaxRows).",
        )
    )


def other_type(place: str, found: str, wanted: str) -> Trouble:
    return Trouble(
        Words(
            f"{place} antwoordt met {found or 'niets'} in plaats van {wanted}. Is dit het adres voor vragen (SPARQL)?",
            f"{place} answers with {found or 'nothing'} instead of {wanted}. Is this the address for queries (SPARQL)?",
        )
    )


def unreadable(place: str, why: str) -> Trouble:
    return Trouble(
        Words(
            f"Het antwoord van {place} is niet te lezen: {why}",
            f"The answer of {place} cannot be read: {why}",
        )
    )


def redirected(place: str, target: str) -> Trouble:
    return Trouble(
        Words(
            f"{place} verwijst door naar {target or 'elders'}. Dat volgen we niet; geef het goede adres op.",
            f"{place} redirects to {target or 'elsewhere'}. We do not follow that; give the right address.",
        )
    )


def no_entry(place: str, status: int, writing: bool) -> Trouble:
    setting = "KBS_STORE_WRITE" if writing else "KBS_STORE"
    return Trouble(
        Words(
            f"{place} laat ons niet toe ({status}). Kloppen {setting}_USER en {setting}_PASSWORD?",
            f"{place} does not let us in ({status}). Are {setting}_USER and {setting}_PASSWORD right?",
        )
    )


def in_the_clear(place: str) -> Trouble:
    return Trouble(
        Words(
            f"{place} vraagt om een wachtwoord over http. Dat sturen we alleen over https, of binnen deze machine.",
            f"{place} asks for a password over http. We send it only over https, or within this machine.",
        )
    )


def read_only(place: str, status: int) -> Trouble:
    return Trouble(
        Words(
            f"Schrijven mag hier niet: {place} gaf {status}. Geef met KBS_STORE_WRITE het adres voor het Graph Store "
            "Protocol, van een store waarin deze naam mag schrijven.",
            f"Writing is not allowed here: {place} answered {status}. Give the address for the Graph Store Protocol "
            "with KBS_STORE_WRITE, of a store in which this name may write.",
        )
    )
