BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX dct: <http://purl.org/dc/terms/>
DELETE { GRAPH g:sources { ?source dct:subject <aspect/financieel-misbruik> } }
INSERT { GRAPH g:sources { ?source dct:subject <domein/veiligheid> } }
WHERE { GRAPH g:sources { ?source dct:subject <aspect/financieel-misbruik> } }
