BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE DATA { GRAPH g:notions { <begrip/karrewiel> dct:modified "2025-03-31"^^xsd:date } } ;
INSERT DATA { GRAPH g:notions { <begrip/karrewiel> dct:modified "2024-12-31"^^xsd:date } }
