"""The web site of Kennisbouwstenen: pages, data and the SPARQL endpoint over the current snapshot."""
