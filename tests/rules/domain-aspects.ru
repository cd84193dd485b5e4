BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT { GRAPH g:domains { <domein/vrije-tijd> ?property ?value ; k:order 3 ; skos:prefLabel "Vrije tijd"@nl, "Leisure"@en } }
WHERE { GRAPH g:domains { <domein/inkomen> ?property ?value } FILTER(?property NOT IN (k:order, skos:prefLabel, skos:altLabel)) }
