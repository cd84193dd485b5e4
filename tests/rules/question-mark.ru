BASE <https://w3id.org/kennisbouwstenen/id/>
PREFIX g: <https://w3id.org/kennisbouwstenen/graphs/>
PREFIX schema: <https://schema.org/>
DELETE DATA { GRAPH g:aspects-veiligheid { <aspect/financieel-misbruik#vraag-1> schema:text "Wie regelt uw geld?"@nl } } ;
INSERT DATA { GRAPH g:aspects-veiligheid { <aspect/financieel-misbruik#vraag-1> schema:text "Vraag wie het geld regelt."@nl } }
