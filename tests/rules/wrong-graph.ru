BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
DELETE { GRAPH g:notions { <begrip/inwoner> ?property ?value } }
INSERT { GRAPH g:values { <begrip/inwoner> ?property ?value } }
WHERE { GRAPH g:notions { <begrip/inwoner> ?property ?value } }
