BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
INSERT DATA { GRAPH g:nibud { <bron/rondkomen-met-kinderen> k:evidence "Jedes Jahr neu berechnet."@de } }
