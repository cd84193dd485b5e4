"""What a searched word may look like elsewhere: words that say nothing, endings, and how a word sounds.

Rules of thumb for Dutch and English, the same for the words of a question and of the labels, so that a rule that is
wrong is wrong on both sides. Measured on Dutch labels a stemming library finds less: it does not know compounds.
All functions take and give folded words (kbs_graph.folding).
"""

import re

from kbs_graph.folding import fold

_STOP_WORDS = """
aan al alle alles als ben bij dan dat de der die dit doen door dus een en er ergens ga gaat had heb hebben heeft hem hen
het hij hoe hun iemand iets ik in is ja je jij jouw kan krijgt kunnen maar me meer meneer met mevrouw mijn moet
moeten na naar nog nu of om omdat onder ons onze ook op over rond s t te tegen toch tot u uit uw van veel vanwege
via voor waar wanneer wat we wel welke wie wij wil wilt word worden wordt zich zij zijn zo zonder zou zullen
a about after am an and any are as at be because been by can do does for from get gets going had has have he her his
how i if into it its many much my no of on or our out she should so some than that the their them there these they
this to too us very was what when where which who why will with would you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words of Dutch and English that do not tell one subject from another. `niet` does: *kan niet lezen*."""

MOST_WORDS = 12
"""Words of a question that count."""

_ENDINGS = ("heden", "heid", "ingen", "ness", "ing", "en", "ed", "es", "e", "s", "t", "d")
_LETTER_BEFORE = {"s": "bcdefghjklmnpqrty", "t": "dgklmpr", "d": "lnrsz", "ed": "bcdfghjklmnpqrstuvwxyz"}
"""The letters before some endings: after others the ending belongs to the word (huis, recht, goed)."""
_SHORTEST = {"e": 3, "en": 3}
"""How many letters must stay before an ending: four, or as said here."""
_ODD = {"kinderen": "eren", "children": "ren"}
"""Plurals with an ending of their own."""
_LAST = {"v": "f", "z": "s", "y": "i"}
_SOUNDS = (
    ("sch", "sg"), ("ch", "g"), ("ph", "f"), ("th", "t"), ("ij", "y"), ("ei", "y"), ("ey", "y"), ("ou", "au"),
    ("ck", "k"), ("qu", "kw"), ("x", "ks"), ("c", "k"), ("z", "s"), ("v", "f"), ("dt", "t"),
)  # fmt: skip


def words_of(text: str) -> list[str]:
    """The words of a question, folded. A word spelled with dots (l.v.b.) is one word."""
    found = []
    for chunk in text.split():
        pieces = fold(chunk).split()
        found += ["".join(pieces)] if len(pieces) > 1 and all(len(piece) == 1 for piece in pieces) else pieces
    return found


def content_words(text: str) -> list[str]:
    """The words of a question that count: without stop words and single letters, unless there are no others."""
    words = list(dict.fromkeys(words_of(text)))
    return ([word for word in words if word not in STOP_WORDS and len(word) > 1] or words)[:MOST_WORDS]


def joined(text: str) -> list[str]:
    """The words that a text spells with a sign between (e-learning, niet-westers, POH-ggz), written as one."""
    pieces = (fold(chunk).split() for chunk in text.split())
    return ["".join(found) for found in pieces if len(found) > 1]


def trunk(word: str) -> str:
    """A word without one ending: the beginning that other forms and compounds share. At least four letters stay."""
    if word != (regular := _regular(word)):
        return regular
    for ending in ("ers", "er"):
        if word.endswith(ending) and len(word) - len(ending) >= 6:
            return word[: -len(ending)]
    shorter = _shorter(word, ("heden", "heid", "ingen", "ing", "en", "es", "e", "s"))
    return shorter if len(shorter) >= 4 else word


def stem(word: str) -> str:
    """What the forms of a word have in common (*eenzaam, eenzame, eenzaamheid*; *brief, brieven*; *drinken, drinkt*).

    A key to compare, not a word.
    """
    if len(word) < 4:
        return word
    word = re.sub("ie(f|ve|ven)$", "ie", _regular(word))
    while (shorter := _shorter(word, _ENDINGS)) != word:
        word = _undoubled(shorter)
    word = re.sub(r"([aeou])\1", r"\1", _undoubled(word))
    return word[:-1] + _LAST.get(word[-1], word[-1]) if len(word) > 2 else word


def sound(word: str) -> str:
    """How a Dutch reader would say a word, roughly: a key for spelling by ear (*huislijk, sgulden, eenzaamhijt*)."""
    for written, said in _SOUNDS:
        word = word.replace(written, said)
    word = re.sub(r"(.)\1+", r"\1", word)
    return word[:-1] + "t" if word.endswith("d") else word


def _regular(word: str) -> str:
    return next((word.removesuffix(ending) for many, ending in _ODD.items() if word.endswith(many)), word)


def _shorter(word: str, endings: tuple[str, ...]) -> str:
    for ending in endings:
        rest = word[: -len(ending)]
        if (
            word.endswith(ending)
            and len(rest) >= _SHORTEST.get(ending, 4)
            and rest[-1] in _LETTER_BEFORE.get(ending, rest[-1])
        ):
            return rest
    return word


def _undoubled(word: str) -> str:
    """Without a double consonant at the end (*pillen, pil*)."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou" else word
