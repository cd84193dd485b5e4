BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA { GRAPH g:mappings-eurovoc-voorstel { <aspect/financieel-misbruik> skos:relatedMatch <http://eurovoc.europa.eu/742> } }
