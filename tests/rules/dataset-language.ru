BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX dct: <http://purl.org/dc/terms/>
DELETE DATA { GRAPH g:catalogue { <dataset/kennisbouwstenen> dct:language <http://publications.europa.eu/resource/authority/language/NLD> } } ;
INSERT DATA { GRAPH g:catalogue { <dataset/kennisbouwstenen> dct:language <https://example.org/nl> } }
