BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE { GRAPH g:aspects-inkomen { ?owner k:part <aspect/geldzorgen-signaleren#signaal-2> . <aspect/geldzorgen-signaleren#signaal-2> ?property ?value } }
INSERT { GRAPH g:aspects-inkomen { ?owner k:part <aspect/ander#signaal-2> . <aspect/ander#signaal-2> ?property ?value } }
WHERE { GRAPH g:aspects-inkomen { ?owner k:part <aspect/geldzorgen-signaleren#signaal-2> . <aspect/geldzorgen-signaleren#signaal-2> ?property ?value } }
