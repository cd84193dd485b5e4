curl --silent --show-error --fail --get http://127.0.0.1:8000/nl/zoeken.json \
  --data-urlencode 'q=schulden' --data 'soort=aspect' --data 'limit=3'
