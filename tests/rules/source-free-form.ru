BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX schema: <https://schema.org/>
DELETE DATA { GRAPH g:sources { <bron/misbruik-nieuw> schema:isAccessibleForFree true } } ;
INSERT DATA { GRAPH g:sources { <bron/misbruik-nieuw> schema:isAccessibleForFree "gratis" } }
