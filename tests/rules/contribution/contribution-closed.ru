BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX adms: <http://www.w3.org/ns/adms#>
INSERT DATA { GRAPH g:nibud { <bron/rondkomen-met-kinderen> adms:status <status/bevestigd> } }
