BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX schema: <https://schema.org/>
DELETE { GRAPH g:releases-0-2-0 { <uitgave/0-2-0> schema:sha256 ?hash } }
INSERT { GRAPH g:releases-0-2-0 { <uitgave/0-2-0> schema:sha256 "onbekend" } }
WHERE { GRAPH g:releases-0-2-0 { <uitgave/0-2-0> schema:sha256 ?hash } }
