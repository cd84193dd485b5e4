BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE WHERE { GRAPH g:target-groups { ?owner k:part <doelgroep/lvb#advies-2> . <doelgroep/lvb#advies-2> ?property ?value } }
