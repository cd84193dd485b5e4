"""The delimitation: three columns, what the team typed before what is known already, and who lacks a contact."""

from dataclasses import replace

from kbs_graph.model import Ref
from kbs_graph.teamscan import delimitation
from kbs_graph.teamscan.delimitation import Delimitation
from kbs_graph.teamscan.model import Boundary, Contact, Line, Need, NeedKind, Scan, Topic, Who

ROLE = "crisisdienst-ggz"


def keys(entries: tuple[delimitation.Entry, ...]) -> list[str]:
    return [entry.topic.key for entry in entries]


def drawn(scan: Scan, **boundaries: Boundary | None) -> Scan:
    """The scan with boundaries of topics, by the last part of their keys with underscores."""
    lines = dict(scan.lines)
    for name, boundary in boundaries.items():
        key = f"aspect/{name.replace('_', '-')}"
        lines[key] = replace(lines[key], boundary=boundary)
    return replace(scan, lines=lines)


def made(scan: Scan, topics: tuple[Topic, ...]) -> Delimitation:
    return delimitation.make(scan, topics)


def test_one_in_each_column_and_k4_without_a_contact(topics: tuple[Topic, ...], f1: Scan, k: dict[str, str]) -> None:
    found = made(drawn(f1, dagbesteding=Boundary(Who.WE), veilig_thuis=Boundary(Who.TOGETHER, contact="VT")), topics)
    assert keys(found.we) == [k["k5"]]
    assert keys(found.together) == [k["k3"]]
    assert keys(found.specialist) == keys(found.no_contact) == [k["k4"]]
    assert keys(found.undecided) == [k["k1"], k["k2"]]
    assert not found.specialist[0].given
    assert [role.slug for role in found.specialist[0].roles] == [ROLE]


def test_the_contact_of_the_teams_own_layer_fills_in(topics: tuple[Topic, ...], f1: Scan) -> None:
    desk = Contact(ROLE, "GGZ Noord", "0800 1234", "binnen een uur")
    found = made(replace(f1, contacts=(desk,)), topics)
    entry = found.specialist[0]
    assert (entry.contact, entry.phone, entry.reaction) == ("GGZ Noord", "0800 1234", "binnen een uur")
    assert entry.has_contact
    assert found.no_contact == ()


def test_what_the_team_typed_with_the_topic_goes_first(topics: tuple[Topic, ...], f1: Scan) -> None:
    scan = drawn(f1, verplichte_zorg=Boundary(Who.SPECIALIST, contact="Meldpunt", step_up="bij gevaar 112"))
    entry = made(replace(scan, contacts=(Contact(ROLE, "GGZ Noord", "0800"),)), topics).specialist[0]
    assert (entry.contact, entry.phone, entry.boundary.step_up) == ("Meldpunt", "0800", "bij gevaar 112")


def test_a_contact_of_another_role_fills_in_nothing(topics: tuple[Topic, ...], f1: Scan, k: dict[str, str]) -> None:
    found = made(replace(f1, contacts=(Contact("huisarts", "Praktijk", "010"),)), topics)
    assert keys(found.no_contact) == [k["k4"]]


def test_registration_comes_from_the_graph_until_the_team_says_otherwise(topics: tuple[Topic, ...], f1: Scan) -> None:
    registered = tuple(replace(topic, registered=topic.key.endswith("verplichte-zorg")) for topic in topics)
    assert made(f1, registered).specialist[0].registration
    said_no = drawn(f1, verplichte_zorg=Boundary(Who.SPECIALIST, registration=False))
    assert not made(said_no, registered).specialist[0].registration
    ourselves = drawn(f1, verplichte_zorg=Boundary(Who.WE))
    assert not made(ourselves, registered).we[0].registration
    said_yes = drawn(f1, verplichte_zorg=Boundary(Who.SPECIALIST, registration=True))
    assert made(said_yes, topics).specialist[0].registration


def test_what_is_not_needed_or_not_asked_stays_out_unless_it_was_drawn(
    topics: tuple[Topic, ...], f1: Scan, k: dict[str, str]
) -> None:
    lines = {k["k1"]: Line(Need(NeedKind.NONE)), k["k2"]: Line(Need(NeedKind.SOME), asked=False)}
    none = made(Scan(lines=lines), topics)
    assert (none.we, none.together, none.specialist, none.undecided) == ((), (), (), ())
    drawn_yet = {k["k1"]: replace(lines[k["k1"]], boundary=Boundary(Who.TOGETHER))}
    assert keys(made(Scan(lines=drawn_yet), topics).together) == [k["k1"]]


def test_a_topic_of_the_team_itself_and_a_role_without_a_contact(topics: tuple[Topic, ...], f1: Scan) -> None:
    role = Ref("https://w3id.org/kennisbouwstenen/id/specialist/x", {"nl": "x"}, "specialist", "x")
    some = tuple(replace(topic, specialists=(role,)) for topic in topics)
    empty = replace(f1, contacts=(Contact("x", note="nog zoeken"),))
    assert len(made(empty, some).no_contact) == 1
