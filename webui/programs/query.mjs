const query = `
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?area (COUNT(?topic) AS ?topics) WHERE {
  ?topic k:homeDomain ?domain .
  ?domain skos:prefLabel ?area .
  FILTER(LANG(?area) = "nl")
}
GROUP BY ?area ORDER BY ?area`;
const answer = await fetch("http://127.0.0.1:8000/sparql", {
  method: "POST",
  headers: { Accept: "application/sparql-results+json" },
  body: new URLSearchParams({ query }),
});
if (!answer.ok) throw new Error(await answer.text());
for (const row of (await answer.json()).results.bindings) {
  console.log(row.area.value, row.topics.value);
}
