BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE WHERE { GRAPH g:domains { ?owner k:part <domein/inkomen#denk-aan-3> . <domein/inkomen#denk-aan-3> ?property ?value } }
