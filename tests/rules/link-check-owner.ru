BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE { GRAPH g:links { <bron/geldzorgen-herkennen#vindplaats> ?property ?value } }
INSERT { GRAPH g:links { <bron/geldzorgen-herkennen#adres> ?property ?value } }
WHERE { GRAPH g:links { <bron/geldzorgen-herkennen#vindplaats> ?property ?value } }
