"""A small set of topics with the real keys of F1 (A4), the scan of F1, and ways of making any scan of them."""

from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from kbs_graph.model import Ref
from kbs_graph.teamscan import scanfile
from kbs_graph.teamscan.model import (
    Action,
    Boundary,
    Contact,
    Kind,
    Line,
    Mode,
    Need,
    NeedKind,
    OwnTopic,
    PlanRow,
    Scan,
    State,
    Topic,
    Who,
)

settings.register_profile("quick", max_examples=40, deadline=None, database=None, derandomize=True)
settings.load_profile("quick")

ID = "https://w3id.org/kennisbouwstenen/id/"
AREAS = (
    ("lichamelijke-gezondheid", "Lichamelijke gezondheid"),
    ("dagelijks-functioneren", "Dagelijks functioneren"),
    ("inkomen", "Inkomen"),
    ("participatie", "Participatie"),
    ("opvoeden-en-opgroeien", "Opvoeden en opgroeien"),
    ("veiligheid", "Veiligheid"),
    ("psychische-gezondheid", "Psychische gezondheid"),
)
GENERAL, SPECIFIC, COMPETENCY = Kind.GENERAL, Kind.SPECIFIC, Kind.COMPETENCY
K1, K2, K3 = "aspect/geldzorgen-signaleren", "aspect/schuldhulpverlening", "aspect/veilig-thuis"
K4, K5 = "aspect/verplichte-zorg", "aspect/dagbesteding"
KEYS = (
    ("aspect/slecht-zien-en-horen", "Beperkingen in zien en horen herkennen", GENERAL, 1),
    ("aspect/valpreventie-keten", "Valpreventie in de keten", SPECIFIC, 1),
    ("aspect/zelfredzaamheid", "Zelfredzaamheid in beeld brengen", GENERAL, 2),
    (K1, "Geldzorgen signaleren", GENERAL, 3),
    (K2, "Schuldhulpverlening", SPECIFIC, 3),
    (K5, "Dagbesteding", SPECIFIC, 4),
    ("aspect/opvoedvragen", "Opvoedvragen bespreken", GENERAL, 5),
    ("aspect/meldcode", "Meldcode", GENERAL, 6),
    (K3, "Veilig Thuis", SPECIFIC, 6),
    (K4, "Verplichte zorg", SPECIFIC, 7),
    ("competentie/contact-en-relatie", "Contact leggen", COMPETENCY, 0),
)


def _topic(key: str, label: str, kind: Kind, area: int) -> Topic:
    domain = None
    if area:
        slug, name = AREAS[area - 1]
        domain = Ref(f"{ID}domein/{slug}", {"nl": name, "en": f"{name} (en)"}, "domein", slug, area)
    role = Ref(f"{ID}specialist/crisisdienst-ggz", {"nl": "crisisdienst"}, "specialist", "crisisdienst-ggz")
    return Topic(
        key,
        {"nl": label, "en": f"{label} (en)"},
        kind,
        domain,
        specialists=(role,) if key == K4 else (),
        modified="2027-01-15",
    )


@pytest.fixture(scope="session")
def topics() -> tuple[Topic, ...]:
    return tuple(_topic(*row) for row in KEYS)


@pytest.fixture(scope="session")
def f1(topics: tuple[Topic, ...]) -> Scan:
    """Fixture F1, read from the file that is shipped."""
    return scanfile.loads(scanfile.example(), topics, {}).scan


@pytest.fixture(scope="session")
def k() -> dict[str, str]:
    """The keys of F1 by their names in A4."""
    return {"k1": K1, "k2": K2, "k3": K3, "k4": K4, "k5": K5}


Texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), max_size=12)
Later = st.dictionaries(
    st.sampled_from(("x-later", "colour", "since")),
    st.recursive(st.none() | st.booleans() | st.integers(-99, 99) | Texts, lambda inner: st.lists(inner, max_size=2)),
    max_size=2,
)
Needs = st.builds(Need, st.sampled_from(NeedKind), st.integers(1, 3), st.integers(1, 7), Later)
Boundaries = st.builds(
    Boundary, st.sampled_from(Who), Texts, Texts, Texts, Texts, Texts, Texts, st.none() | st.booleans(), Later
)


@st.composite
def lines(draw: st.DrawFn, size: int) -> Line:
    """A line that a team of this size can have."""
    third = draw(st.integers(0, size))
    second = draw(st.integers(third, size))
    counts = draw(st.none() | st.just((draw(st.integers(second, size)), second, third)))
    return Line(
        draw(Needs),
        draw(st.integers(1, 3)),
        counts,
        asked=draw(st.sampled_from((True, True, True, False))),
        learn=draw(st.integers(0, size)),
        keeper=draw(Texts),
        partner=draw(Texts),
        share=draw(st.booleans()),
        note=draw(Texts),
        practice=draw(Texts),
        boundary=draw(st.none() | Boundaries),
        extra=draw(Later),
    )


@st.composite
def scans(draw: st.DrawFn, mode: Mode = Mode.TEAM, least: int = 1) -> Scan:
    """Any scan without a problem, of the topics above and of one that is not known."""
    size = 1 if mode is Mode.OWN else draw(st.integers(least, 8))
    own = draw(
        st.lists(
            st.builds(
                OwnTopic,
                st.sampled_from(("eigen/1", "eigen/2")),
                Texts,
                st.sampled_from(("inkomen", "onbekend")),
                st.sampled_from((GENERAL, SPECIFIC)),
                Texts,
                Later,
            ),
            max_size=2,
            unique_by=lambda topic: topic.key,
        )
    )
    keys = draw(st.lists(st.sampled_from((*(row[0] for row in KEYS), "aspect/onbekend", "eigen/1")), unique=True))
    contacts = st.builds(Contact, st.sampled_from(("crisisdienst-ggz", "huisarts")), Texts, Texts, Texts, Texts, Later)
    rows = st.builds(
        PlanRow,
        st.sampled_from((K1, K2)),
        Texts,
        st.none() | st.sampled_from(Action),
        Texts,
        st.lists(st.sampled_from(("bron-a", "bron-b")), max_size=2).map(tuple),
        Texts,
        st.sampled_from(("", "2027-03-31")),
        Texts,
        st.sampled_from(State),
        Later,
    )
    return Scan(
        mode,
        draw(Texts),
        draw(st.sampled_from(("", "2026-11-22"))),
        size,
        draw(st.sampled_from(("", "breed", "jeugd", "later"))),
        "0.1.0",
        {key: draw(lines(size)) for key in keys},
        tuple(own),
        tuple(draw(st.lists(contacts, max_size=2))),
        tuple(draw(st.lists(rows, max_size=2))),
        draw(Later),
    )


@pytest.fixture(scope="session")
def any_scan() -> Callable[..., st.SearchStrategy[Scan]]:
    """Scans of any kind, for Hypothesis: `data.draw(any_scan(least=2))`."""
    return scans


@pytest.fixture(scope="session")
def any_line() -> Callable[[int], st.SearchStrategy[Line]]:
    """Lines of a team of a given size, for Hypothesis."""
    return lines
