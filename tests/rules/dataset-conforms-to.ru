BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX dct: <http://purl.org/dc/terms/>
DELETE DATA { GRAPH g:catalogue { <dataset/kennisbouwstenen> dct:conformsTo <https://w3id.org/kennisbouwstenen/def> } }
