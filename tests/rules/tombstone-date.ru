BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE DATA { GRAPH g:retired { <aspect/rondkomen> prov:invalidatedAtTime "2025-03-31"^^xsd:date } }
