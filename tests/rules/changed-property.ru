BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE { GRAPH g:releases-0-2-0 { <uitgave/0-2-0#aspect-financieel-misbruik> k:changedProperty ?p } }
WHERE { GRAPH g:releases-0-2-0 { <uitgave/0-2-0#aspect-financieel-misbruik> k:changedProperty ?p } }
