"""For the results of a team scan over the small site: the topics of F1 (A4), and a reader of their pages."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kbs_graph.model import Ref, SourceRef
from kbs_graph.teamscan import scanfile
from kbs_graph.teamscan.model import Kind, Scan, Topic

ID = "https://w3id.org/kennisbouwstenen/id/"
AREAS = (
    "Lichamelijke gezondheid", "Dagelijks functioneren", "Inkomen", "Participatie", "Opvoeden en opgroeien",
    "Veiligheid", "Psychische gezondheid",
)  # fmt: skip
K1, K2, K3 = "aspect/geldzorgen-signaleren", "aspect/schuldhulpverlening", "aspect/veilig-thuis"
K4, K5 = "aspect/verplichte-zorg", "aspect/dagbesteding"


def ref(segment: str, slug: str, label: str, order: int = 0) -> Ref:
    return Ref(f"{ID}{segment}/{slug}", {"nl": label, "en": f"{label} (en)"}, segment, slug, order)


def topic(key: str, label: str, kind: Kind, area: int, sources: int = 0) -> Topic:
    slug = key.split("/")[1]
    return Topic(
        key,
        {"nl": label, "en": f"{label} (en)"},
        kind,
        ref("domein", f"gebied-{area}", AREAS[area - 1], area) if area else None,
        specialists=(ref("specialist", "crisisdienst-ggz", "Crisisdienst ggz"),) if key == K4 else (),
        sources=tuple(
            SourceRef(ref("bron", f"{slug}-{n}", f"Bron {n}"), "https://x.nl/", None, (), None, "nl", free=True)
            for n in range(sources)
        ),
    )  # fmt: skip


TOPICS = (
    topic("aspect/bewegen", "Bewegen", Kind.GENERAL, 1),
    topic("aspect/thuis", "Thuis", Kind.GENERAL, 2),
    topic(K1, "Geldzorgen signaleren", Kind.GENERAL, 3),
    topic(K2, "Schuldhulpverlening", Kind.SPECIFIC, 3, sources=7),
    topic(K5, "Dagbesteding", Kind.SPECIFIC, 4),
    topic("aspect/opvoeden", "Opvoeden", Kind.GENERAL, 5),
    topic(K3, "Veilig Thuis", Kind.SPECIFIC, 6, sources=2),
    topic(K4, "Verplichte zorg", Kind.SPECIFIC, 7),
    topic("competentie/contact", "Contact maken", Kind.COMPETENCY, 0),
)


def plain(text: str) -> str:
    """A text without the escapes of HTML."""
    for sign, name in (('"', "&#34;"), ("'", "&#39;"), ("<", "&lt;"), (">", "&gt;"), ("&", "&amp;")):
        text = text.replace(name, sign)
    return text


def words(html: str) -> str:
    """The text of a piece of a page."""
    return plain(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)))


def section(text: str, name: str) -> str:
    """The text of the section that has this id, or in which it stands."""
    return words(text.split(f'id="{name}"')[1].split("</section>")[0])


class Pages:
    """Sends a scan to a page as its form does, and keeps the field of the answer."""

    def __init__(self, client: FlaskClient):
        self._client = client
        self.text = ""
        self.status = 0

    def send(
        self, page: str, scan: Scan | str, language: str = "nl", came_from: str = "rapport", **fields: object
    ) -> str:
        stand = scan if isinstance(scan, str) else scanfile.dumps(scan)
        named = {name.replace("__", "-"): value for name, value in fields.items()}
        answer: TestResponse = self._client.post(
            f"/{language}/teamscan/{page}", data={"stand": stand, "van": came_from, **named}
        )
        self.status, self.text = answer.status_code, answer.get_data(as_text=True)
        return self.text

    @property
    def scan(self) -> Scan:
        """The scan that the page carries on."""
        found = re.search(r'name="stand" value="([^"]*)"', self.text)
        assert found
        return scanfile.loads(plain(found[1]), TOPICS, {}).scan

    def order(self, *labels: str) -> list[str]:
        """Labels in the order in which they first stand in the body of the sorted table."""
        table = self.text.split('id="tabel"')[1].split("<tbody>")[1].split("</tbody>")[0]
        return sorted((label for label in labels if label in table), key=table.index)
