import json
from urllib.parse import urlencode
from urllib.request import urlopen

queries = {
    "a": {"query": "schuldhulp", "type": "KnowledgeAspect", "limit": 3},
    "b": {"query": "eenzame ouderen"},
}
form = urlencode({"queries": json.dumps(queries)}).encode()
with urlopen("http://127.0.0.1:8000/nl/reconcile", data=form) as answer:
    for key, found in json.load(answer).items():
        for candidate in found["result"]:
            print(queries[key]["query"], "→", candidate["name"], candidate["id"], candidate["score"])
