BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX dct: <http://purl.org/dc/terms/>
DELETE DATA { GRAPH g:sources { <bron/misbruik-nieuw> dct:subject <aspect/geldzorgen-signaleren> } }
