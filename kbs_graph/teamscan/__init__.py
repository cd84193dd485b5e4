"""The team scan: what a team knows, what it needs, and what follows. It counts hands and knows no person.

Pure functions over `model`: what goes in is a scan and the topics of the graph, what comes out is for a page or a file.
"""
