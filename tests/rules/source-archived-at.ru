BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX schema: <https://schema.org/>
INSERT DATA { GRAPH g:sources { <bron/geldzorgen-herkennen> schema:archivedAt <http://archief> } }
