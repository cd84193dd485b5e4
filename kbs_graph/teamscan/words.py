"""The words of the team scan in both languages: for levels, needs, statuses and all other choices (A1 to A5)."""

from kbs_graph.errors import Words
from kbs_graph.teamscan.model import Action, Judged, Kind, Mode, Need, NeedKind, State, Status, Who

PROMISE = Words(
    "Je telt handen, geen namen. Wij bewaren niets van wat je hier invult.",
    "You count hands, not names. We keep nothing of what you enter here.",
)
"""A5: the same words everywhere."""

LEVEL: dict[int | None, Words] = {
    None: Words("Weet ik niet", "Don't know"),
    0: Words("Nieuw voor mij", "New to me"),
    1: Words("Ik herken het", "I recognise it"),
    2: Words("Ik kan ermee werken", "I can work with it"),
    3: Words("Ik help collega's", "I help colleagues"),
}
ANCHOR: dict[int | None, Words] = {
    None: Words("Ik kan dit niet zeggen", "I cannot say"),
    0: Words("Ik weet hier (bijna) niets van", "I know (almost) nothing about this"),
    1: Words(
        "Ik zie het, ik kan doorvragen en ik weet wie ik kan vragen", "I notice it, can ask on, and know whom to ask"
    ),
    2: Words(
        "Ik help een inwoner hier zelf mee in een gewone situatie",
        "I help a resident with this on my own in an ordinary situation",
    ),
    3: Words(
        "Ik doe lastige situaties en collega's vragen mij om raad",
        "I handle hard situations and colleagues ask my advice",
    ),
}
HANDS = {
    1: Words("Hoeveel collega's herkennen het?", "How many colleagues recognise it?"),
    2: Words("Hoeveel collega's kunnen ermee werken?", "How many colleagues can work with it?"),
    3: Words("Hoeveel collega's helpen anderen ermee?", "How many colleagues help others with it?"),
}
"""What to ask in a meeting: who is at this level or higher raises a hand."""
COUNTED = {
    1: Words("Herkent het", "Recognises it"),
    2: Words("Kan ermee werken", "Can work with it"),
    3: Words("Helpt collega's", "Helps colleagues"),
}
"""Heads of columns: how many are at this level or higher."""
LEARN = Words("Dit wil ik leren", "I want to learn this")

NEED = {
    NeedKind.EVERYONE: Words("iedereen", "everyone"),
    NeedKind.SOME: Words("een aantal collega's", "some colleagues"),
    NeedKind.SPECIALIST: Words("via een specialist buiten het team", "through a specialist outside the team"),
    NeedKind.NONE: Words("niet nodig", "not needed"),
}
WEIGHT = {
    1: Words("minder belangrijk", "less important"),
    2: Words("belangrijk", "important"),
    3: Words("heel belangrijk", "very important"),
}
STATUS = {
    Status.MISSING: Words("ontbreekt", "missing"),
    Status.FRAGILE: Words("kwetsbaar", "fragile"),
    Status.PARTLY: Words("deels", "partly"),
    Status.IN_PLACE: Words("op orde", "in place"),
    Status.SPECIALIST: Words("via specialist", "through a specialist"),
    Status.NO_CONTACT: Words("contact ontbreekt", "contact missing"),
    Status.NOT_NEEDED: Words("niet nodig", "not needed"),
    Status.UNFILLED: Words("niet ingevuld", "not filled in"),
}
ONE_PERSON = Words("hangt aan één persoon", "rests on one person")
URGENCY = {
    "high": Words("hoog", "high"),
    "middle": Words("midden", "middle"),
    "low": Words("laag", "low"),
}
KIND = {
    Kind.GENERAL: Words("algemeen", "general"),
    Kind.SPECIFIC: Words("specifiek", "specific"),
    Kind.COMPETENCY: Words("competentie", "competency"),
}
MODE = {
    Mode.TEAM: Words("Samen in een overleg", "Together in a meeting"),
    Mode.OWN: Words("Alleen voor mezelf", "Just for myself"),
}
WHO = {
    Who.WE: Words("Dit doen wij", "We do this"),
    Who.TOGETHER: Words("Dit doen wij samen met", "We do this together with"),
    Who.SPECIALIST: Words("Dit doet een specialist", "A specialist does this"),
}
ACTION = {
    Action.READ: Words("lezen", "reading"),
    Action.E_LEARNING: Words("e-learning", "e-learning"),
    Action.TRAINING: Words("training", "training"),
    Action.SHADOWING: Words("meelopen", "shadowing"),
    Action.INTERVISION: Words("intervisie", "peer supervision"),
    Action.CASE_DISCUSSION: Words("casus bespreken", "discussing a case"),
    Action.KEEPER: Words("kennisdrager aanwijzen", "appointing a knowledge keeper"),
    Action.CONSULT: Words("consult regelen", "arranging consultation"),
    Action.GUEST_LESSON: Words("gastles", "guest lesson"),
    Action.NEW_COLLEAGUE: Words("nieuwe collega", "new colleague"),
    Action.OTHER: Words("iets anders", "something else"),
}
STATE = {
    State.IDEA: Words("idee", "idea"),
    State.AGREED: Words("afgesproken", "agreed"),
    State.BUSY: Words("bezig", "under way"),
    State.DONE: Words("klaar", "done"),
}


def need(wanted: Need) -> Words:
    """A need as people read it: "minstens 2 collega's op niveau 2"."""
    if wanted.kind is NeedKind.EVERYONE:
        return Words(f"iedereen op niveau {wanted.level}", f"everyone at level {wanted.level}")
    if wanted.kind is NeedKind.SOME:
        people, colleagues = ("collega", "colleague") if wanted.number == 1 else ("collega's", "colleagues")
        return Words(
            f"minstens {wanted.number} {people} op niveau {wanted.level}",
            f"at least {wanted.number} {colleagues} at level {wanted.level}",
        )
    return NEED[wanted.kind]


def have(judged: Judged) -> Words:
    """How many there are of how many: "4 van 6"; empty where nothing is counted."""
    if judged.status in (Status.MISSING, Status.FRAGILE, Status.PARTLY, Status.IN_PLACE):
        return Words(f"{judged.have} van {judged.need}", f"{judged.have} of {judged.need}")
    return Words("", "")
