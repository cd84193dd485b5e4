PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX dct: <http://purl.org/dc/terms/>
DELETE DATA { GRAPH g:notions { g:notions dct:title "Begrippen van het model"@nl } }
