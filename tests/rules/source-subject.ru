BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX dct: <http://purl.org/dc/terms/>
DELETE DATA { GRAPH g:sources { <bron/misbruik-oud> dct:subject <aspect/financieel-misbruik> } } ;
# the aspect keeps two sources
INSERT DATA { GRAPH g:sources { <bron/geldzorgen-herkennen> dct:subject <aspect/financieel-misbruik> } }
