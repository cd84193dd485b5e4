BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
DELETE { GRAPH g:reviews { <casus/pinpas-bij-kennis#beoordeling-1> ?property ?value } }
INSERT { GRAPH g:reviews { <casus/ander#beoordeling-1> ?property ?value } }
WHERE { GRAPH g:reviews { <casus/pinpas-bij-kennis#beoordeling-1> ?property ?value } }
