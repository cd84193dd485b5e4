BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE WHERE { GRAPH g:target-groups { ?owner k:part <doelgroep/lvb#advies-3> . <doelgroep/lvb#advies-3> ?property ?value } }
