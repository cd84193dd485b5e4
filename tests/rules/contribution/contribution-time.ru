BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX schema: <https://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE DATA { GRAPH g:nibud { <bron/rondkomen-met-kinderen> schema:timeRequired "PT30M"^^xsd:duration } } ;
INSERT DATA { GRAPH g:nibud { <bron/rondkomen-met-kinderen> schema:timeRequired "een half uur" } }
