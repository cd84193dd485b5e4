BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT DATA { GRAPH g:reviews {
  <begrip/karrewiel#beoordeling-1> a k:Review ; k:reviewOf <begrip/karrewiel> ; k:reviewer "docent" ; dct:date "2025-04-01"^^xsd:date
} }
