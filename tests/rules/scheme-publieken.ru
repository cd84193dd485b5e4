BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA { GRAPH g:values { <publiek/professional> skos:inScheme <kader/publieken> } } ;
INSERT DATA { GRAPH g:notions { <begrip/inwoner> skos:inScheme <kader/publieken> } }
