"""The sentences of a scan as a workbook: how to fill it in, and what its cells say to who clicks on one."""

from kbs_graph.errors import Words
from kbs_graph.teamscan import words
from kbs_graph.teamscan.model import Status

TITLE = Words("Wat weet ons team, en wat hebben we nodig?", "What does our team know, and what do we need?")
OWN_TITLE = Words("Wat weet ik, en wat wil ik leren?", "What do I know, and what do I want to learn?")
STEPS = (
    Words(
        "Vul op het blad Team in met hoeveel collega's jullie zijn.",
        "On the sheet Team, enter how many colleagues you are.",
    ),
    Words(
        "Ga samen het blad Invullen langs. Wie het herkent, steekt een hand op. Tel de handen en vul het aantal in.",
        "Go through the sheet Fill in together. Who recognises it raises a hand. Count the hands, enter the number.",
    ),
    Words(
        "Tel daarna wie ermee kan werken, en wie collega's helpt. Die aantallen worden nooit groter. Nul mag.",
        "Then count who can work with it, and who helps colleagues. Those numbers never grow. Zero is fine.",
    ),
    Words(
        "Weet je het niet? Laat de drie vakken leeg. Leeg is iets anders dan nul.",
        "Not sure? Leave the three cells empty. Empty is not the same as zero.",
    ),
)
OWN_STEPS = (
    Words(
        "Kies op het blad Invullen bij elk onderwerp het niveau dat bij je past.",
        "On the sheet Fill in, choose the level that fits you for each topic.",
    ),
    Words("Zet ja bij wat je wilt leren.", "Put yes at what you want to learn."),
)
BOTH = (
    Words(
        "Wie iets moet weten en hoe belangrijk het is, bepalen jullie zelf. Wat er al staat, is alleen een begin.",
        "Who must know something and how important it is, is yours to decide. What is there already is only a start.",
    ),
    Words(
        "Alleen witte vakken vul je in. De uitkomst rekent het blad zelf uit.",
        "Only the white cells are filled in. The sheet works out the outcome itself.",
    ),
    Words(
        "Een eigen onderwerp? Zet de naam onderaan op het blad Invullen en kies een gebied.",
        "A topic of your own? Put its name at the bottom of the sheet Fill in and choose an area.",
    ),
    Words(
        "Schrijf geen namen op, ook niet van inwoners: een rol of een loket is genoeg.",
        "Write down no names, not of residents either: a role or a desk is enough.",
    ),
    Words(
        "Klaar? Open dit bestand weer op de site, bij Teamscan, of gebruik: kbs scan.",
        "Done? Open this file again on the site, at Team scan, or use: kbs scan.",
    ),
)
NO_TEST = Words(
    "Dit helpt om te praten. Het is geen toets en geen beoordeling.",
    "This helps you talk. It is not a test and not an appraisal.",
)
LEVELS = Words("Niveaus", "Levels")
HOW = Words("Zo vul je dit in", "How to fill this in")
OUTCOMES = Words("Uitkomsten", "Outcomes")
OUTCOME = (
    (words.STATUS[Status.MISSING], Words("Niemand heeft dit niveau.", "Nobody is at this level.")),
    (words.STATUS[Status.FRAGILE], Words("Maar één collega heeft dit niveau.", "Only one colleague is at this level.")),
    (words.STATUS[Status.PARTLY], Words("Er zijn er meer, maar niet genoeg.", "There are more, but not enough.")),
    (words.STATUS[Status.IN_PLACE], Words("Er zijn er genoeg.", "There are enough.")),
    (
        words.STATUS[Status.NO_CONTACT],
        Words(
            "Een specialist doet dit, maar er is geen contact ingevuld.",
            "A specialist does this, but no contact is filled in.",
        ),
    ),
)
OWN_OUTCOME = (
    (words.STATUS[Status.MISSING], Words("Je wilt meer weten dan nu.", "You want to know more than now.")),
    (words.STATUS[Status.IN_PLACE], Words("Je hebt dit niveau.", "You are at this level.")),
    OUTCOME[-1],
)
ABOUT_TEAM = Words("Over het team", "About the team")
WRONG = Words("aantallen kloppen niet", "numbers cannot be right")
NO_SIZE = Words("vul eerst blad Team in", "first fill in sheet Team")
COUNT_TITLE = Words("Dit aantal kan niet", "Not possible")
COUNT_LIMIT = Words(
    "Vul een heel getal in: van 0 tot en met het aantal collega's op het blad Team.",
    "Enter a whole number: from 0 to the number of colleagues on the sheet Team.",
)
SIZE_LIMIT = Words("Vul een heel getal in van 1 tot en met 999.", "Enter a whole number from 1 to 999.")
CHOOSE = Words("Kies een van de woorden uit de lijst.", "Choose one of the words in the list.")
CHOOSE_TITLE = Words("Kies uit de lijst", "Choose from the list")
