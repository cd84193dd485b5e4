BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE DATA { GRAPH g:schemes { <kader/begrippen> rdfs:comment "Woorden van het model."@nl } }
