BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX schema: <https://schema.org/>
DELETE DATA { GRAPH g:aspects-inkomen { <aspect/geldzorgen-signaleren#signaal-2> schema:position 2 } } ;
INSERT DATA { GRAPH g:aspects-inkomen { <aspect/geldzorgen-signaleren#signaal-2> schema:position 1 } }
