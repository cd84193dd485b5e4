"""A spreadsheet at the door: its complete rows as statements, the faults of the others, each with its row."""

from kbs_graph.contributions.intake.reading import Read, Statement, too_many
from kbs_graph.contributions.intake.world import World
from kbs_graph.contributions.sheets import table
from kbs_graph.contributions.sheets.judging import Judge
from kbs_graph.contributions.sheets.statements import statements
from kbs_graph.findings import INFO, Finding
from kbs_graph.terms import Iri


def read(body: bytes, world: World, organisation: str, most: int) -> Read:
    """What the rows of a sheet say, if they are at most so many. Raises BadRequest and TooLarge for no sheet."""
    sheet = table.read(body)
    if len(sheet.rows) > most:
        return Read(findings=[too_many(len(sheet.rows), most)])
    judged = Judge(world.names, world.path, organisation).judge(sheet.rows)
    found = Read(findings=[Finding("sheet", INFO, note) for note in sheet.notes])
    for one in judged:
        if one.complete:
            for subject, predicate, value in statements(one):
                assert isinstance(subject, Iri)
                found.statements.append(Statement(subject, predicate, value))
                found.rows[subject] = one.row.place
        (found.findings if one.complete else found.left).extend(told.finding for told in one.told)
    return found
