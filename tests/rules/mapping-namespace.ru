PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX vann: <http://purl.org/vocab/vann/>
DELETE DATA { GRAPH g:mappings-eurovoc-voorstel { <http://eurovoc.europa.eu/100141> vann:preferredNamespacePrefix "eurovoc" } }
