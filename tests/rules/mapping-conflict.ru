BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX semapv: <https://w3id.org/semapv/vocab/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sssom: <https://w3id.org/sssom/>
INSERT DATA {
  GRAPH g:mappings-eurovoc-voorstel {
    <aspect/geldzorgen-signaleren> skos:closeMatch <http://eurovoc.europa.eu/742> .
    <aspect/geldzorgen-signaleren#koppeling-eurovoc-742-2> a owl:Axiom, k:Mapping ; owl:annotatedSource <aspect/geldzorgen-signaleren> ;
      owl:annotatedProperty skos:closeMatch ; owl:annotatedTarget <http://eurovoc.europa.eu/742> ;
      sssom:mapping_justification semapv:ManualMappingCuration ; sssom:object_match_field skos:prefLabel ;
      rdfs:comment "Zelfde onderwerp."@nl, "The same subject."@en .
  }
}
