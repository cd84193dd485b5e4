BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX void: <http://rdfs.org/ns/void#>
DELETE DATA { GRAPH g:releases-0-2-0 { <uitgave/0-2-0#aspect> void:entities 2 } }
