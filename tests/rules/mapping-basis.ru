BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX sssom: <https://w3id.org/sssom/>
DELETE DATA { GRAPH g:mappings-eurovoc-voorstel { <aspect/geldzorgen-signaleren#koppeling-eurovoc-5582> sssom:object_match_field skos:prefLabel } }
