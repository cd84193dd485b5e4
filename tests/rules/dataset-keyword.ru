BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
DELETE DATA { GRAPH g:catalogue { <dataset/kennisbouwstenen> dcat:keyword "wijkteam"@nl } } ;
INSERT DATA { GRAPH g:catalogue { <dataset/kennisbouwstenen> dcat:keyword "wijkteam" } }
