import json
from urllib.parse import urlencode
from urllib.request import urlopen

asked = urlencode({"q": "schulden", "soort": "aspect", "limit": 3})
with urlopen(f"http://127.0.0.1:8000/nl/zoeken.json?{asked}") as answer:
    for found in json.load(answer)["results"]:
        print(found["label"], found["iri"])
