BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX k: <https://w3id.org/kennisbouwstenen/def#>
DELETE WHERE { GRAPH g:aspects-veiligheid { ?owner k:part <aspect/financieel-misbruik#vraag-3> . <aspect/financieel-misbruik#vraag-3> ?property ?value } }
