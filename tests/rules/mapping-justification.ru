BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX semapv: <https://w3id.org/semapv/vocab/>
PREFIX sssom: <https://w3id.org/sssom/>
DELETE DATA {
  GRAPH g:mappings-eurovoc-voorstel { <aspect/geldzorgen-signaleren#koppeling-eurovoc-5582> sssom:mapping_justification semapv:ManualMappingCuration }
}
