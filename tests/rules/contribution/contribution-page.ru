BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
DELETE DATA { GRAPH g:nibud { <bron/rondkomen-met-kinderen> foaf:page <https://www.nibud.nl/rondkomen-met-kinderen> } }
