query <- '
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?area (COUNT(?topic) AS ?topics) WHERE {
  ?topic k:homeDomain ?domain .
  ?domain skos:prefLabel ?area .
  FILTER(LANG(?area) = "nl")
}
GROUP BY ?area ORDER BY ?area'
address <- paste0("http://127.0.0.1:8000/sparql?format=csv&query=", URLencode(query, reserved = TRUE))
print(read.csv(address, encoding = "UTF-8"))
