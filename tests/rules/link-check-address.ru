BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE DATA { GRAPH g:links { <bron/geldzorgen-herkennen#vindplaats> k:checkedAddress <https://www.nibud.nl/geldzorgen-herkennen/> } } ;
INSERT DATA { GRAPH g:links { <bron/geldzorgen-herkennen#vindplaats> k:checkedAddress <https://redactie:geheim@www.nibud.nl/> } }
