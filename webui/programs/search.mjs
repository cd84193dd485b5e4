const asked = new URLSearchParams({ q: "schulden", soort: "aspect", limit: 3 });
const answer = await fetch(`http://127.0.0.1:8000/nl/zoeken.json?${asked}`);
if (!answer.ok) throw new Error(await answer.text());
for (const found of (await answer.json()).results) {
  console.log(found.label, found.iri);
}
