"""A meeting of an hour in which a team fills in its scan: the programme, the tasks, and what all agree to."""

from dataclasses import dataclass

from kbs_graph.errors import Words


@dataclass(frozen=True)
class Part:
    """A part of the meeting: from which minute to which, what it is, and what to do."""

    start: int
    end: int
    title: Words
    text: Words


MINUTES = 60
ROLES = Words(
    "Verdeel drie taken: iemand leidt het gesprek, iemand telt en typt, iemand let op de tijd.",
    "Share three tasks: someone leads the talk, someone counts and types, someone watches the time.",
)
PROGRAMME = (
    Part(
        0,
        5,
        Words("Begin", "Beginning"),
        Words(
            "Zeg waarom jullie dit doen: zien wat we samen weten. Het is geen toets en geen beoordeling. Leg het wiel "
            "op tafel en deel de niveaus uit.",
            "Say why you do this: to see what we know together. It is not a test and not an appraisal. Put the wheel "
            "on the table and hand out the levels.",
        ),
    ),
    Part(
        5,
        10,
        Words("Even oefenen", "A first try"),
        Words(
            "Neem één onderwerp dat iedereen kent. Lees de niveaus voor en tel de handen. Zo merk je hoe het werkt.",
            "Take one topic everyone knows. Read out the levels and count the hands. That is how it works.",
        ),
    ),
    Part(
        10,
        35,
        Words("Handen tellen", "Counting hands"),
        Words(
            "Ongeveer een minuut per onderwerp. Wie herkent het? Wie kan ermee werken? Wie helpt collega's? Tel, vul "
            "in en ga door. Niemand legt iets uit.",
            "About a minute a topic. Who recognises it? Who can work with it? Who helps colleagues? Count, fill in and "
            "go on. Nobody explains anything.",
        ),
    ),
    Part(
        35,
        47,
        Words("Kijk samen naar het rapport", "Look at the report together"),
        Words(
            "Wat ontbreekt? Wat weet maar één collega? Wat gaat goed? Wat verrast je? Wat doen we zelf, en wat doet "
            "een specialist?",
            "What is missing? What does only one colleague know? What goes well? What surprises you? What do we do "
            "ourselves, and what does a specialist do?",
        ),
    ),
    Part(
        47,
        57,
        Words("Kies twee of drie dingen", "Choose two or three things"),
        Words(
            "Voor de komende drie maanden. Spreek bij elk af: wat doen we, wie trekt het (een rol), wanneer, en "
            "waaraan merken we dat het helpt?",
            "For the coming three months. Agree for each: what do we do, who leads it (a role), when, and how will we "
            "notice it helps?",
        ),
    ),
    Part(
        57,
        60,
        Words("Bewaar en sluit af", "Save and close"),
        Words(
            "Bewaar het bestand waar het team het terugvindt: de site bewaart niets. Prik de datum waarop jullie weer "
            "kijken.",
            "Save the file where the team will find it: the site keeps nothing. Set the date on which you look again.",
        ),
    ),
)
AGREED = (
    Words("We tellen handen. We schrijven geen namen op.", "We count hands. We write down no names."),
    Words(
        "‘Weet ik niet’ mag. Leeg laten is iets anders dan nul.",
        "‘Don't know’ is fine. Empty is not the same as zero.",
    ),
    Words(
        "Niemand hoeft alles te weten. Samen weten we meer.",
        "Nobody has to know everything. Together we know more.",
    ),
    Words("We noemen geen inwoners.", "We name no residents."),
)
