curl --silent --show-error --fail http://127.0.0.1:8000/nl/aspect.csv --output topics.csv
head -3 topics.csv
