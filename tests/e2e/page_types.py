"""One address of every type of page, without its language, and the status it answers with."""

PAGES = {
    "home": "/",
    "domain": "/domein/inkomen",
    "aspect": "/aspect/schulden-basis",
    "competency": "/competentie/contact-en-relatie",
    "target group": "/doelgroep/lvb",
    "source": "/bron/zrm",
    "organisation": "/organisatie/movisie",
    "pieces for an organisation's own pages": "/organisatie/movisie/jsonld",
    "case": "/casus/kind-regelt-de-post",
    "sign": "/signaal/geen-uitweg",
    "specialist": "/specialist/huisarts",
    "notion": "/begrip/karrewiel",
    "scheme": "/kader/aspecten",
    "value": "/bronsoort/richtlijn",
    "list of aspects": "/aspect?domein=inkomen",
    "list of sources": "/bron?bronsoort=richtlijn",
    "list of cases": "/casus",
    "list of organisations": "/organisatie",
    "search": "/zoeken?q=schulden",
    "search without result": "/zoeken?q=qwxyz",
    "case finder": "/casushulp",
    "case found": "/casushulp?doelgroep=ouderen&signaal=ongeopende-post&signaal=geen-uitweg",
    "my list": "/lijstje?p=aspect/schulden-basis&p=doelgroep/lvb",
    "suggestion": "/suggestie?over=/nl/aspect/schulden-basis",
    "help": "/hulp",
    "about": "/over",
    "accessibility": "/toegankelijkheid",
    "privacy": "/privacy",
    "for developers": "/aanleveren/techniek",
    "for programmers": "/programmeren",
    "programs in Python": "/programmeren/python",
    "data": "/data",
    "new and changed": "/nieuw",
    "booklets": "/boekje",
    "coverage": "/dekking",
    "gaps": "/dekking/kennis-zonder-aandachtspunt",
    "mappings": "/koppelingen",
    "handing in": "/aanleveren",
    "check of a page": "/aanleveren/pagina",
    "piece for a site": "/aanleveren/stukje?begrip=aspect/schulden-basis&begrip=doelgroep/lvb",
    "letter to a supplier": "/aanleveren/leverancier",
    "team scan": "/teamscan?onderwerp=aspect/meldcode",
    "team scan that is gone": "/teamscan/invullen",
    "programme of a meeting": "/teamscan/bijeenkomst",
    "levels to hand out": "/teamscan/ankers",
    "several teams": "/teamscan/regio",
    "two moments": "/teamscan/vergelijk",
    "not found": "/aspect/bestaat-niet",
}
"""Pages in a language: put `/nl` or `/en` before them."""
ASIDE = {
    "SPARQL": "/sparql?lang=%s",
    "model": "/def?lang=%s",
    "borrowed terms": "/def/borrowed?lang=%s",
    "rules": "/def/shapes?lang=%s",
    "rules for contributions": "/def/shapes/contribution?lang=%s",
    "drawing of the model": "/def/diagram?lang=%s",
}
"""Pages that take their language as a parameter."""


def path(name: str, language: str) -> str:
    """The whole path of a type of page in a language."""
    return ASIDE[name] % language if name in ASIDE else f"/{language}{PAGES[name]}"


NAMES = [*PAGES, *ASIDE]
