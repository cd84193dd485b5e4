// Asks a server of the tests all that cocoda-sdk can ask of a Skosmos, and prints the answers as JSON.
// Arguments: the root of the site, the id of a vocabulary, and the IRIs of its scheme, of a concept, and of one above it.
import { cdk, SkosmosApiProvider } from "cocoda-sdk"

const [root, vocabulary, uri, concept, above] = process.argv.slice(2)
const scheme = { uri, VOCID: vocabulary }
cdk.addProvider(SkosmosApiProvider)
const registry = cdk.initializeRegistry({
  uri: `${root}/registry`,
  provider: "SkosmosApi",
  api: `${root}/rest/v1/`,
  schemes: [scheme],
})
// As Cocoda comes to it from BARTOC: all it is given is the address of the page of the vocabulary.
const listed = { uri, API: [{ type: "http://bartoc.org/api-type/skosmos", url: `${root}/${vocabulary}/` }] }
const derived = cdk.registryForScheme(listed)
const inScheme = [scheme]

const answers = {
  getSchemes: await registry.getSchemes(),
  getTop: await registry.getTop({ scheme }),
  getConcepts: await registry.getConcepts({ concepts: [{ uri: concept, inScheme }] }),
  getNarrower: await registry.getNarrower({ concept: { uri: above, inScheme } }),
  getAncestors: await registry.getAncestors({ concept: { uri: concept, inScheme } }),
  search: await registry.search({ search: "income", scheme }),
  searchByType: await registry.search({
    search: "i",
    scheme,
    limit: 3,
    types: ["https://w3id.org/kennisbouwstenen/def#KnowledgeDomain"],
  }),
  suggest: await registry.suggest({ search: "income", scheme }),
  getTypes: await registry.getTypes({ scheme }),
  derivedApi: derived._api.api,
  derivedTop: await derived.getTop({ scheme: listed }),
}
// What the client hangs on its answers for itself leads in circles.
const told = (key, value) => (key.startsWith("_") ? undefined : value)
process.stdout.write(JSON.stringify(answers, told))
