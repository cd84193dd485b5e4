from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

graph = Graph().parse("http://127.0.0.1:8000/id/aspect/meldcode", format="json-ld")
topic = URIRef("https://w3id.org/kennisbouwstenen/id/aspect/meldcode")
for name in graph.objects(topic, SKOS.prefLabel):
    print(name.language, name)
