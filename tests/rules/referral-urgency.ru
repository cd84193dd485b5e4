BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
INSERT DATA { GRAPH g:aspects-inkomen { <aspect/geldzorgen-signaleren#verwijzing-1> k:urgency <urgentie/nu> } }
