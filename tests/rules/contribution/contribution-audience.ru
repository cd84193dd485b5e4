BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX dct: <http://purl.org/dc/terms/>
INSERT DATA { GRAPH g:nibud { <bron/rondkomen-met-kinderen> dct:audience "ouders"@nl } }
