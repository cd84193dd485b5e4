BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE WHERE { GRAPH g:competencies { ?owner k:part <competentie/signaleren-en-agenderen#gedrag-3> . <competentie/signaleren-en-agenderen#gedrag-3> ?property ?value } }
