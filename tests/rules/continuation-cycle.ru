BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE DATA { GRAPH g:retired { <aspect/krap-zitten> k:continuedAs <aspect/geldzorgen-signaleren> } } ;
INSERT DATA { GRAPH g:retired { <aspect/krap-zitten> k:continuedAs <aspect/geldproblemen> } }
