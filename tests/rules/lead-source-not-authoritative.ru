BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA { GRAPH g:organisations { <organisatie/nibud> k:organisationKind <organisatiesoort/kennisinstituut> } } ;
# a kind that the small graph does not have: made from the one it has
INSERT { GRAPH g:values { <organisatiesoort/bedrijf> ?property ?value } }
WHERE { GRAPH g:values { <organisatiesoort/kennisinstituut> ?property ?value FILTER(?property != skos:prefLabel) } } ;
INSERT DATA {
  GRAPH g:values { <organisatiesoort/bedrijf> skos:prefLabel "bedrijf"@nl, "company"@en }
  GRAPH g:organisations { <organisatie/nibud> k:organisationKind <organisatiesoort/bedrijf> }
}
