BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
INSERT { GRAPH g:schemes { <kader/leeg> ?property ?value } }
WHERE { GRAPH g:schemes { <kader/begrippen> ?property ?value } }
