BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX prov: <http://www.w3.org/ns/prov#>
DELETE DATA { GRAPH g:notions { <begrip/karrewiel> prov:wasAttributedTo <organisatie/redactie> } }
