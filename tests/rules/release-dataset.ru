BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
DELETE DATA { GRAPH g:releases-0-2-0 { <uitgave/0-2-0> dcat:isVersionOf <dataset/kennisbouwstenen> } }
