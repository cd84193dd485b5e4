PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
DELETE WHERE { GRAPH g:notions { g:notions ?property ?value } }
