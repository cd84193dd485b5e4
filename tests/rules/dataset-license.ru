BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX dct: <http://purl.org/dc/terms/>
DELETE DATA { GRAPH g:catalogue { <dataset/kennisbouwstenen> dct:license <https://creativecommons.org/licenses/by/4.0/> } } ;
INSERT DATA { GRAPH g:catalogue { <dataset/kennisbouwstenen> dct:license <https://creativecommons.org/licenses/by/4.0/deed.nl> } }
