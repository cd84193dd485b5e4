BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE DATA { GRAPH g:nibud { <bron/rondkomen-met-kinderen> dct:issued "2024"^^xsd:gYear } } ;
INSERT DATA { GRAPH g:nibud { <bron/rondkomen-met-kinderen> dct:issued "mei 2024" } }
