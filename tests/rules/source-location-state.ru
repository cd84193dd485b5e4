BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE DATA { GRAPH g:sources { <bron/misbruik-oud> k:locationState <vindplaats/onbekend> } } ;
INSERT DATA { GRAPH g:sources { <bron/misbruik-oud> k:locationState <status/voorstel> } }
