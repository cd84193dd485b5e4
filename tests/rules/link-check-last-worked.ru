BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE DATA { GRAPH g:links { <bron/geldzorgen-herkennen#vindplaats> k:lastWorked "2025-04-02"^^xsd:date } } ;
INSERT DATA { GRAPH g:links { <bron/geldzorgen-herkennen#vindplaats> k:lastWorked "2025-04-03"^^xsd:date } }
