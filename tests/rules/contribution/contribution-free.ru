BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX schema: <https://schema.org/>
DELETE DATA { GRAPH g:nibud { <bron/rondkomen-met-kinderen> schema:isAccessibleForFree true } } ;
INSERT DATA { GRAPH g:nibud { <bron/rondkomen-met-kinderen> schema:isAccessibleForFree "ja" } }
