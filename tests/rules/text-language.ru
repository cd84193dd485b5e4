BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX schema: <https://schema.org/>
INSERT DATA { GRAPH g:aspects-inkomen { <aspect/geldzorgen-signaleren#stap-1> schema:text "Die Post zusammen aufmachen."@de } }
