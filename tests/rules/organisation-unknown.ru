BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
INSERT DATA { GRAPH g:organisations { <organisatie/nibud> k:unknown foaf:name } }
