BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA {
  GRAPH g:mappings-eurovoc-voorstel {
    <aspect/geldzorgen-signaleren> skos:relatedMatch <http://eurovoc.europa.eu/5582> .
    <aspect/geldzorgen-signaleren#koppeling-eurovoc-5582> owl:annotatedProperty skos:relatedMatch .
  }
} ;
INSERT DATA {
  GRAPH g:mappings-eurovoc-voorstel {
    <aspect/geldzorgen-signaleren> skos:exactMatch <http://eurovoc.europa.eu/5582> .
    <aspect/geldzorgen-signaleren#koppeling-eurovoc-5582> owl:annotatedProperty skos:exactMatch .
  }
}
