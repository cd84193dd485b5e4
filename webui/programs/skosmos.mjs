const asked = new URLSearchParams({ query: "schuld*", lang: "nl", maxhits: 3 });
const answer = await fetch(`http://127.0.0.1:8000/rest/v1/search?${asked}`);
if (!answer.ok) throw new Error(await answer.text());
for (const found of (await answer.json()).results) {
  console.log(found.prefLabel, found.uri);
}
