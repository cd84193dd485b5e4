PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE WHERE { GRAPH g:mappings-eurovoc-voorstel { <http://eurovoc.europa.eu/5582> skos:definition ?text } }
