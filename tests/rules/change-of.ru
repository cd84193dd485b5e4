BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE DATA { GRAPH g:releases-0-2-0 { <uitgave/0-2-0#aspect-rondkomen> k:changeOf <aspect/rondkomen> } }
