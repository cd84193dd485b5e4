"""How schemathesis writes down the bodies that we read and it does not know: as they are."""

import schemathesis
from schemathesis import SerializationContext

from kbs_graph.contributions.intake import drafts


@schemathesis.serializer("application/sparql-query", *drafts.MEDIA_TYPES)
def as_it_is(_: SerializationContext, value: object) -> bytes:
    return str(value).encode()
