import json
from urllib.parse import urlencode
from urllib.request import urlopen

asked = urlencode({"query": "schuld*", "lang": "nl", "maxhits": 3})
with urlopen(f"http://127.0.0.1:8000/rest/v1/search?{asked}") as answer:
    for found in json.load(answer)["results"]:
        print(found["prefLabel"], found["uri"])
