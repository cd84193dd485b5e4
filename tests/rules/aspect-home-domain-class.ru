BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE DATA { GRAPH g:aspects-inkomen { <aspect/geldzorgen-signaleren> k:homeDomain <domein/inkomen> } } ;
INSERT DATA { GRAPH g:aspects-inkomen { <aspect/geldzorgen-signaleren> k:homeDomain <competentie/signaleren-en-agenderen> ; k:alsoIn <domein/inkomen> } }
