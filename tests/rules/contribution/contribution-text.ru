BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE DATA { GRAPH g:nibud { <bron/rondkomen-met-kinderen> k:why "Shows what a child costs."@en } } ;
INSERT DATA { GRAPH g:nibud { <bron/rondkomen-met-kinderen> k:why "Shows what <b>a child</b> costs."@en } }
