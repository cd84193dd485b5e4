"""What is there and what is missing: the tables of coverage and the gaps, counted from the graph."""
