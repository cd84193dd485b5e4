BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT { GRAPH g:domains {
  <domein/vrije-tijd> ?property ?value ; k:order 3 ; skos:prefLabel "Vrije tijd"@nl, "Leisure"@en ; k:part ?copy . ?copy ?about ?text
} }
WHERE { GRAPH g:domains { <domein/inkomen> ?property ?value ; k:part ?part . ?part ?about ?text }
  FILTER(?property NOT IN (k:order, k:part, skos:prefLabel, skos:altLabel)) BIND(IRI(REPLACE(STR(?part), "inkomen", "vrije-tijd")) AS ?copy) }
