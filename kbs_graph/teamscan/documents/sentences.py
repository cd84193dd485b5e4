"""The headings and sentences of the documents of a scan: report, delimitation, plan and region."""

from kbs_graph.errors import Words

REPORT = Words("Rapport van de teamscan", "Report of the team scan")
OWN_REPORT = Words("Mijn beeld", "My picture")
DELIMITATION = Words("Wat doen wij, en wat doet een specialist?", "What do we do, and what does a specialist do?")
WHO_DOES = Words("Afbakening", "Delimitation")
PLAN = Words("Leerplan", "Learning plan")
REGION = Words("Teams in de regio", "Teams in the region")
DRAFT, FINAL = Words("concept", "draft"), Words("klaar", "final")

MISSING = Words("Dit mist ons team ({n})", "What our team is missing ({n})")
ONE_PERSON = Words("Hier weet maar één collega van ({n})", "Only one colleague knows this ({n})")
PARTLY = Words("Dit is er deels, maar nog niet genoeg ({n})", "There is some of this, but not enough ({n})")
IN_PLACE = Words("Dit gaat goed ({n})", "This is going well ({n})")
NO_CONTACT = Words(
    "Hier vragen we een specialist. Het contact is nog niet ingevuld ({n})",
    "We ask a specialist here. The contact is not filled in yet ({n})",
)
SPECIALIST = Words("Hier vragen we een specialist ({n})", "We ask a specialist here ({n})")
UNFILLED = Words("Niet ingevuld ({n})", "Not filled in ({n})")
PATTERNS = Words("Wat valt op", "What stands out")
WHEEL = Words("Het teamwiel", "The team wheel")
BY_AREA = Words("Per gebied", "By area")
SHAPE = Words("Hoe breed en hoe diep", "How broad and how deep")
WHOLE = Words("Alle onderwerpen", "All topics")
PROBLEMS = Words("Hier klopt een aantal niet", "A number cannot be right here")
NOTHING = Words("Niets.", "Nothing.")
CONTENTS = Words("Overzicht", "Overview")

DEEP = Words("Hier ga ik diep ({n})", "Where I go deep ({n})")
BROAD = Words("Dit herken ik of hier werk ik mee ({n})", "What I recognise or work with ({n})")
NEW = Words("Nieuw voor mij ({n})", "New to me ({n})")
LEARN = Words("Dit wil ik leren ({n})", "What I want to learn ({n})")
MY_LEVEL = Words("Mijn niveau", "My level")

TEAM, DAY, SIZE = Words("Team", "Team"), Words("Datum", "Date"), Words("Aantal collega's", "Number of colleagues")
COLLEAGUES = Words("{n} collega's", "{n} colleagues")
ONE_COLLEAGUE = Words("1 collega", "1 colleague")
TOPIC, AREA, KIND = Words("Onderwerp", "Topic"), Words("Gebied", "Area"), Words("Soort", "Kind")
NEED, WEIGHT = Words("Wie moet dit weten", "Who must know this"), Words("Belang", "Weight")
HAVE, NEEDED = Words("Aantal nu", "Number now"), Words("Aantal nodig", "Number needed")
NOW = Words("Nu", "Now")
STATUS, URGENCY = Words("Uitkomst", "Outcome"), Words("Voorrang", "Priority")
FLAG = Words("Hangt aan één persoon", "Rests on one person")
WANTED = Words("Willen dit leren", "Want to learn this")
KEEPER, PARTNER = Words("Kennisdrager", "Keeper of the knowledge"), Words("Partner", "Partner")
NOTE, PRACTICE = Words("Notitie", "Note"), Words("Voorbeeld uit de praktijk", "Example from practice")
OURS = Words("Wat alleen ons team weet", "What only our team knows")
WRITTEN = Words("Wat wij erbij schreven", "What we wrote with it")
CALL = Words("Wie bellen we?", "Whom do we call?")
TOTAL, OPEN = Words("Totaal", "Total"), Words("Open", "Open")
COMPETENCIES = Words("Competenties", "Competencies")

WHO, REASON = Words("Wie doet dit", "Who does this"), Words("Waarom", "Why")
CONTACT, PHONE, REACTION = Words("Contact", "Contact"), Words("Telefoon", "Telephone"), Words("Reactietijd", "Reaction")
STEP_UP, STEP_DOWN = Words("Opschalen", "Stepping up"), Words("Afschalen", "Stepping down")
REGISTRATION = Words("Registratie nodig (SKJ of BIG)", "Registration needed (SKJ or BIG)")
CONTACT_MISSING = Words("Contact ontbreekt", "Contact missing")
UNDECIDED = Words("Nog niet gekozen", "Not chosen yet")
TOPICS = Words("{n} onderwerpen", "{n} topics")
FOR_PARTNERS = Words(
    "Voor partners van het team: wat wij doen, wat wij samen doen en wat een specialist doet.",
    "For partners of the team: what we do, what we do together and what a specialist does.",
)

GOAL, ACTION, SOURCES = Words("Doel", "Goal"), Words("Actie", "Action"), Words("Bronnen", "Sources")
OWNER, WHEN = Words("Wie trekt dit (rol)", "Who leads this (role)"), Words("Wanneer", "When")
NOTICE, STATE = Words("Waaraan merken we dat het helpt", "How we will notice it helps"), Words("Stand", "State")
TO_CHOOSE = Words("kies nog", "still to choose")
PROPOSAL = Words("Om uit te kiezen", "To choose from")
STILL = Words("Nog kiezen", "Still to choose")
FEW = Words(
    "Kies twee of drie dingen voor de komende drie maanden.",
    "Choose two or three things for the coming three months.",
)

TEAMS, FILLED = Words("Teams", "Teams"), Words("Ingevuld", "Filled in")
SHARED = Words("Dit missen meer teams ({n})", "Gaps of several teams ({n})")
OFFERS = Words("Wie kan een ander team helpen ({n})", "Who can help another team ({n})")
TRAINING = Words("Samen leren: een voorstel ({n})", "Learning together: a proposal ({n})")
NOT_SCANNED = Words("niet bekeken of niet ingevuld", "not looked at or not filled in")
GAP_TEAMS = Words("Teams met te weinig", "Teams with too few")
WITH_THE_MOST = Words("Teams waar dit mist of aan één persoon hangt", "Teams that miss it or rest on one person")
LEARNERS = Words("Collega's die dit willen leren", "Colleagues who want to learn this")
AT_LEVEL = Words("Op niveau", "At level")
ONLY_COUNTS = Words(
    "Een regio telt teams. Een team staat er met naam bij als het dat zelf goed vond.",
    "A region counts teams. A team is named where it agreed to that itself.",
)
PAGE = Words("Pagina {number} van {count}", "Page {number} of {count}")
