BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
DELETE DATA { GRAPH g:sources { <bron/misbruik-nieuw> foaf:page <https://www.nibud.nl/misbruik> } } ;
INSERT DATA { GRAPH g:sources { <bron/misbruik-nieuw> foaf:page <https://docplayer.nl/1-misbruik.html> } }
