BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX dct: <http://purl.org/dc/terms/>
DELETE DATA { GRAPH g:cases { <casus/pinpas-bij-kennis> dct:identifier "casus-01" } } ;
INSERT DATA { GRAPH g:cases { <casus/pinpas-bij-kennis> dct:identifier "geval 1" } }
