BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX dct: <http://purl.org/dc/terms/>
INSERT DATA { GRAPH g:sources { <bron/misbruik-nieuw> k:unknown dct:title } }
