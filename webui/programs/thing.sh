curl --silent --show-error --fail --location http://127.0.0.1:8000/id/aspect/meldcode \
  --header 'Accept: application/ld+json'
