BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE DATA { GRAPH g:links { <bron/geldzorgen-herkennen#vindplaats> dct:date "2025-04-02"^^xsd:date ; k:lastWorked "2025-04-02"^^xsd:date } } ;
INSERT DATA { GRAPH g:links { <bron/geldzorgen-herkennen#vindplaats> dct:date "2 april" } }
