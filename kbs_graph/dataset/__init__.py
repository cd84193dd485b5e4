"""The dataset told as RDF (DCAT-AP-NL 3.0, VoID): what is in it, which files and services there are."""
