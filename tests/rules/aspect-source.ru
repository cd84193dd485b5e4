BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
PREFIX dct: <http://purl.org/dc/terms/>
DELETE { GRAPH g:sources { ?source dct:subject <aspect/financieel-misbruik> } }
INSERT { GRAPH g:sources { ?source dct:subject <domein/veiligheid> } }
WHERE { GRAPH g:sources { ?source dct:subject <aspect/financieel-misbruik> } } ;
# without sources there is nothing to lead with
DELETE DATA { GRAPH g:aspects-veiligheid { <aspect/financieel-misbruik> k:leadSource <bron/misbruik-nieuw> } }
