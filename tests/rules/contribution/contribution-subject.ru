BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX dct: <http://purl.org/dc/terms/>
DELETE DATA { GRAPH g:nibud { <bron/rondkomen-met-kinderen> dct:subject <aspect/geldzorgen-signaleren> } } ;
INSERT DATA { GRAPH g:nibud { <bron/rondkomen-met-kinderen> dct:subject "geldzorgen"@nl } }
