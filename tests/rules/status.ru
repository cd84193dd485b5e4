BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX adms: <http://www.w3.org/ns/adms#>
DELETE DATA { GRAPH g:notions { <begrip/karrewiel> adms:status <status/voorstel> } }
