BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE WHERE { GRAPH g:cases { ?owner k:part <casus/pinpas-bij-kennis#eerst-2> . <casus/pinpas-bij-kennis#eerst-2> ?property ?value } }
