"""The fixed words of a booklet, in both languages: headings, sentences of the first pages, the colophon.

The same words as on the site where the site says the same.
"""

from kbs_graph.errors import Words

SAID = {
    "about": Words("Over dit boekje", "About this booklet"),
    "what": Words("Wat is dit?", "What is this?"),
    "reading": Words("Zo lees je het", "How to read it"),
    "wheel": Words("Het wiel in woorden", "The wheel in words"),
    "contents": Words("Inhoud", "Contents"),
    "area": Words("Gebied", "Area"),
    "in_this_area": Words("In dit gebied", "In this area"),
    "think_of": Words("Denk aan", "Think of"),
    "general": Words("Algemene kennis", "General knowledge"),
    "specific": Words("Specifieke kennis", "Specific knowledge"),
    "general_for": Words("Dit merkt en vraagt iedereen", "What everyone notices and asks"),
    "specific_for": Words("Hier helpen sommige collega’s mee", "What some colleagues help with"),
    "general_level": Words("Algemene kennis · voor iedereen", "General knowledge · for everyone"),
    "specific_level": Words("Specifieke kennis · voor een paar collega’s", "Specific knowledge · for a few colleagues"),
    "also_in": Words("Ook in deze gebieden", "Also in these areas"),
    "description": Words("Omschrijving", "Description"),
    "example": Words("Bijvoorbeeld", "For example"),
    "signs": Words("Herken je aan", "How to notice it"),
    "questions": Words("Vraag door", "Ask on"),
    "steps": Words("Wat kun je doen", "What you can do"),
    "calls": Words("Wanneer vraag je een specialist?", "When do you ask a specialist?"),
    "when": Words("Wanneer", "When"),
    "who": Words("Wie", "Who"),
    "how_soon": Words("Hoe snel", "How soon"),
    "needs": Words("nodig", "needed"),
    "mind": Words("Let op bij", "Keep in mind"),
    "also_with": Words("Speelt ook bij", "Also plays with"),
    "sources": Words("Bronnen", "Sources"),
    "first": Words("Lees dit eerst", "Read this first"),
    "source": Words("Bron", "Source"),
    "area_sources": Words("Meer bronnen voor dit gebied", "More sources for this area"),
    "competencies": Words("Competenties", "Competencies"),
    "groups": Words("Doelgroepen", "Target groups"),
    "behaviours": Words("Zo zie je het in het werk", "What it looks like at work"),
    "discussion": Words("Praat hierover met je collega’s", "Talk about this with your colleagues"),
    "colophon": Words("Colofon", "Colophon"),
    "version": Words("Versie", "Version"),
    "date": Words("Stand van de kennis op", "State of the knowledge on"),
    "made_by": Words("Gemaakt door", "Made by"),
    "licence": Words("Licentie", "Licence"),
    "address": Words("Vast adres", "Permanent address"),
    "checked": Words("Hoe nagekeken", "How it was checked"),
    "cite": Words("Zo verwijs je hiernaar", "How to cite this"),
    "page": Words("Pagina", "Page"),
    "cover": Words("Boekje", "Booklet"),
    "danger": Words("Is iemand in gevaar? Bel 112.", "Is someone in danger? Call 112."),
    "each_differs": Words(
        "Niet iedereen in deze groep is hetzelfde. Vraag wat voor deze persoon werkt.",
        "Not everyone in this group is the same. Ask what works for this person.",
    ),
    "licence_text": Words(
        "Creative Commons Naamsvermelding 4.0 (CC BY 4.0): vrij te kopiëren, te delen en te bewerken als je de bron "
        "noemt.",
        "Creative Commons Attribution 4.0 (CC BY 4.0): free to copy, share and adapt when you name the source.",
    ),
    "independent": Words(
        "Een zelfstandige uitwerking van het model van de kennisbouwstenen, gemaakt met openbare kennis. De makers van "
        "het origineel hebben dit boekje niet goedgekeurd.",
        "An independent implementation of the model of the kennisbouwstenen, made from public knowledge. The makers of "
        "the original have not approved this booklet.",
    ),
    "suggest": Words(
        "Klopt er iets niet, of mis je iets? Laat het weten via de site.",
        "Is something wrong or missing? Tell us through the site.",
    ),
    "confirmed": Words("Bevestigd door een deskundige", "Confirmed by an expert"),
    "no_address": Words(
        "We kennen geen adres van deze bron waar we voor instaan.",
        "We know no address of this source that we can vouch for.",
    ),
    "team": Words("Van ons team", "From our team"),
    "team_topics": Words("Eigen onderwerpen van ons team", "Topics our team added"),
    "editors": Words("Redactie Kennisbouwstenen", "Kennisbouwstenen editors"),
}
"""What both writers say, by the name they know it by."""

LEAD = Words(
    "Een overzicht voor iedereen in een wijkteam: zeven gebieden, met uitleg en bronnen.",
    "An overview for everyone in a neighbourhood team: seven areas, with explanations and sources.",
)
DOMAIN_LEAD = Words(
    "Kennis voor het wijkteam over dit gebied: wat je merkt, wat je vraagt en wie je erbij haalt.",
    "Knowledge for the neighbourhood team in this area: what you notice, what you ask and whom you call in.",
)

WHAT = (
    Words(
        "Dit boekje laat zien welke kennis een wijkteam nodig kan hebben. Je kunt het op tafel leggen bij een overleg, "
        "er samen uit lezen en aanwijzen waar jullie sterk zijn en waar niet.",
        "This booklet shows what knowledge a neighbourhood team may need. Put it on the table at a meeting, read from "
        "it together, and point out where you are strong and where you are not.",
    ),
    Words(
        "Dit is geen keuring. Elk team bepaalt zelf wat het moet weten.",
        "This is not an inspection. Each team decides what it needs to know.",
    ),
    Words(
        "De teksten zijn algemeen. Ze zijn geen advies over een persoon, geen diagnose en geen juridisch advies. "
        "Bespreek een moeilijke situatie met een collega.",
        "The texts are general. They are no advice about a person, no diagnosis and no legal advice. Discuss a hard "
        "situation with a colleague.",
    ),
)
READING = (
    Words(
        "Algemene kennis helpt je een vraag op te merken en helder te maken. Die is voor iedereen in het team.",
        "General knowledge helps you notice a question and make it clear. It is for everyone in the team.",
    ),
    Words(
        "Specifieke kennis helpt je iemand te ondersteunen. Die is voor een paar collega’s.",
        "Specific knowledge helps you support someone. It is for a few colleagues.",
    ),
    Words(
        "Bij elk stuk kennis staat waaraan je het herkent, wat je vraagt, wat je kunt doen en wanneer je een "
        "specialist vraagt. Daarna volgen de bronnen, met hun webadres.",
        "Each piece of knowledge says how to notice it, what to ask, what you can do and when to ask a specialist. "
        "The sources follow, with their web addresses.",
    ),
)
RINGS = (
    Words(
        "In het midden staan de inwoner en de professional. In het contact tussen die twee begint het werk.",
        "The resident and the professional stand in the middle. The work begins in the contact between them.",
    ),
    Words(
        "De eerste ring: {groups} doelgroepen. Bij deze groepen helpt extra kennis om goed contact te maken.",
        "The first ring: {groups} target groups. With these groups, extra knowledge helps to make good contact.",
    ),
    Words(
        "De tweede ring: {competencies} competenties. Die horen bij elke vraag en elke inwoner.",
        "The second ring: {competencies} competencies. They belong to every question and every resident.",
    ),
    Words(
        "Daaromheen, bij elk gebied: algemene kennis, en daarbuiten specifieke kennis.",
        "Round that, for each area: general knowledge, and outside it specific knowledge.",
    ),
    Words(
        "De rand: de {areas} gebieden, elk met een nummer. Een hoger nummer is niet belangrijker dan een lager.",
        "The rim: the {areas} areas, each with a number. A higher number is not more important than a lower one.",
    ),
)
"""The wheel from its middle outwards."""
PICTURE = Words(
    "Tekening van het wiel: in het midden inwoner en professional, daaromheen doelgroepen en competenties, aan de "
    "buitenkant de gebieden: {names}.",
    "Drawing of the wheel: resident and professional in the middle, round them target groups and competencies, on the "
    "outside the areas: {names}.",
)
MARKED = Words(" Het gebied van dit boekje heeft kleur: {name}.", " The area of this booklet has colour: {name}.")
GENERAL, SPECIFIC = Words("Algemeen", "General"), Words("Specifiek", "Specific")

CHECKED = Words(
    "Van de {aspects} stukken kennis in dit boekje heeft een deskundige er {confirmed} bevestigd. De andere zijn door "
    "de redactie geschreven en nog een voorstel; controleer ze voor je erop vertrouwt.",
    "Of the {aspects} pieces of knowledge in this booklet, {confirmed} were confirmed by an expert. The others were "
    "written by the editors and are still a proposal; check them before you rely on them.",
)
UNKNOWN_PUBLISHER = Words("maker onbekend", "unknown publisher")
UNKNOWN_KIND = Words("soort onbekend", "unknown kind")
FREE, PAID = Words("gratis", "free"), Words("betaald", "paid")
UNKNOWN_YEAR = Words("jaar onbekend", "unknown year")
