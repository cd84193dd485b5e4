BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA { GRAPH g:mappings-eurovoc-voorstel { <aspect/geldzorgen-signaleren> skos:relatedMatch <http://eurovoc.europa.eu/5582> } }
