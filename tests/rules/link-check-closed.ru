BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX dct: <http://purl.org/dc/terms/>
INSERT DATA { GRAPH g:links { <bron/geldzorgen-herkennen#vindplaats> dct:creator <organisatie/redactie> } }
