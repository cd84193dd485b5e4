BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE DATA { GRAPH g:reviews { <casus/pinpas-bij-kennis#beoordeling-1> k:reviewer "vertrouwensarts" } }
