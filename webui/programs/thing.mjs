const answer = await fetch("http://127.0.0.1:8000/id/aspect/meldcode", {
  headers: { Accept: "application/ld+json" },
});
if (!answer.ok) throw new Error(await answer.text());
const topic = "https://w3id.org/kennisbouwstenen/id/aspect/meldcode";
const statements = (await answer.json())["@graph"];
console.log(statements.find((one) => one.id === topic).prefLabel);
