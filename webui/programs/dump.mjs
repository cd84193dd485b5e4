import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";

const answer = await fetch("http://127.0.0.1:8000/dumps/kennisbouwstenen.nt");
if (!answer.ok) throw new Error(await answer.text());
const content = Buffer.from(await answer.arrayBuffer());
const checksum = answer.headers.get("ETag").replaceAll('"', "");
if (createHash("sha256").update(content).digest("hex") !== checksum) {
  throw new Error("The file did not arrive whole.");
}
await writeFile("kennisbouwstenen.nt", content);
console.log("OK", content.toString().split("\n").length - 1, "statements");
