BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE DATA { GRAPH g:aspects-veiligheid { <aspect/financieel-misbruik> k:leadSource <bron/misbruik-nieuw> } }
