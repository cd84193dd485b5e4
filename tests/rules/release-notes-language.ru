BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX adms: <http://www.w3.org/ns/adms#>
INSERT DATA { GRAPH g:releases-0-2-0 { <uitgave/0-2-0> adms:versionNotes "Ein Aspekt weniger."@de } }
