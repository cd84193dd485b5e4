curl --silent --show-error --fail http://127.0.0.1:8000/nl/reconcile --data-urlencode \
  'queries={"a": {"query": "schuldhulp", "type": "KnowledgeAspect", "limit": 3}, "b": {"query": "eenzame ouderen"}}'
