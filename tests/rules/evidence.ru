BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX dct: <http://purl.org/dc/terms/>
INSERT DATA { GRAPH g:aspects-inkomen { <aspect/geldzorgen-signaleren> dct:source <organisatie/nibud> } }
