const queries = {
  a: { query: "schuldhulp", type: "KnowledgeAspect", limit: 3 },
  b: { query: "eenzame ouderen" },
};
const answer = await fetch("http://127.0.0.1:8000/nl/reconcile", {
  method: "POST",
  body: new URLSearchParams({ queries: JSON.stringify(queries) }),
});
if (!answer.ok) throw new Error(await answer.text());
for (const [key, found] of Object.entries(await answer.json())) {
  for (const candidate of found.result) {
    console.log(queries[key].query, "→", candidate.name, candidate.id, candidate.score);
  }
}
