"""The REST API v1 of Skosmos without HTTP: every vocabulary of the graph as the clients of Skosmos expect it.

`table` holds what a snapshot tells (gathered by `gathering`), `question` what a client asks, `methods` which function
answers which path; the other modules answer. What follows from the data rather than from the code of Skosmos:

- A vocabulary is a concept scheme of ours, by the end of its address. What stands above or below a concept is told also
  when it belongs to another scheme only.
- Groups are the skos:Collections of the graph; without any the list of groups is empty.
- A retired thing is a deprecated concept of the schemes where things of its kind stand. It is counted, listed as
  changed and described, and never found by its name.
"""
