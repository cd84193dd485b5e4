"""Why a query got no answer, in words: what a worker says, and what became of it."""

import json
import re

from kbs_graph.engine import syntax_errors
from kbs_graph.engine.foreign_answers import Unfit
from kbs_graph.errors import BadRequest, KbsError, NotAcceptable, TooLarge, TooMany, Unavailable


def not_started() -> Unavailable:
    return Unavailable(
        "De vraagmotor kon niet starten. Probeer het zo nog eens.",
        "The query engine could not start. Try again in a moment.",
    )


def all_taken() -> Unavailable:
    return Unavailable(
        "Alle plaatsen voor vragen zijn bezet. Probeer het over een paar seconden opnieuw.",
        "All places for queries are taken. Try again in a few seconds.",
    )


def too_slow(seconds: float) -> Unavailable:
    return Unavailable(
        f"De vraag duurde langer dan {seconds:g} seconden. Maak hem kleiner, bijvoorbeeld met LIMIT 100.",
        f"The query took longer than {seconds:g} seconds. Make it smaller, for example with LIMIT 100.",
    )


def asked_too_much(memory_mb: int) -> Unavailable:
    return Unavailable(
        f"De vraag vroeg te veel van de vraagmotor (meer dan {memory_mb} MiB geheugen, of te diepe nesting) en is "
        "gestopt. Maak hem kleiner.",
        f"The query asked too much of the engine (more than {memory_mb} MiB of memory, or too deep nesting) and was "
        "stopped. Make it smaller.",
    )


def too_large(output_mb: int) -> TooLarge:
    return TooLarge(
        f"Het antwoord is groter dan {output_mb} MiB. Vraag minder, bijvoorbeeld met LIMIT.",
        f"The answer is larger than {output_mb} MiB. Ask for less, for example with LIMIT.",
    )


def has_to_wait(seconds: int) -> TooMany:
    return TooMany(
        f"Een vorige vraag van je moest worden gestopt. Wacht {seconds} s en maak je vraag kleiner; een vraag die "
        "weer wordt gestopt, laat je langer wachten.",
        f"An earlier query of yours had to be stopped. Wait {seconds} s and make your query smaller; a query that is "
        "stopped again makes you wait longer.",
        seconds,
    )


def of_worker(payload: bytes, output_mb: int, memory_mb: int) -> KbsError:
    """What the ERROR frame of a worker tells."""
    reason, detail = json.loads(payload)
    match reason:
        case "syntax":
            return syntax_errors.refusal(detail)
        case "dataset":
            return BadRequest(
                "Geef bij default-graph-uri en named-graph-uri alleen volledige IRI's, zoals https://voorbeeld.nl/g.",
                "Give only absolute IRIs with default-graph-uri and named-graph-uri, such as https://example.org/g.",
            )
        case "output":
            return too_large(output_mb)
        case "unfit":
            return Unfit(*detail)
        case "form":
            kinds = {"graph": "text/turtle", "result": "application/sparql-results+json"}
            return NotAcceptable(
                f"Dit soort vraag geeft een ander soort antwoord. Vraag bijvoorbeeld om {kinds[detail]}.",
                f"This form of query gives another kind of answer. Ask for {kinds[detail]}, for example.",
            )
        case "xml":
            return NotAcceptable(
                "In dit antwoord staat iets dat niet in XML past. Vraag om een andere vorm, bijvoorbeeld om JSON.",
                "This answer holds something that does not fit in XML. Ask for another form, for example for JSON.",
            )
        case "memory":
            return asked_too_much(memory_mb)
    function = re.search("custom function (<[^>]*>) is not supported", detail)
    if function:
        return BadRequest(
            f"De functie {function[1]} is er hier niet. Gebruik alleen functies van SPARQL 1.1.",
            f"The function {function[1]} is not there. Use functions of SPARQL 1.1 only.",
        )
    return BadRequest(f"De vraag kon niet worden beantwoord: {detail}", f"The query could not be answered: {detail}")
