BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX schema: <https://schema.org/>
DELETE DATA { GRAPH g:cases { <casus/pinpas-bij-kennis> schema:text "Een vrouw van 84 gaf haar pinpas aan een nieuwe kennis."@nl } }
