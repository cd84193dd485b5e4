curl --silent --show-error --fail --get http://127.0.0.1:8000/rest/v1/search \
  --data-urlencode 'query=schuld*' --data 'lang=nl' --data 'maxhits=3'
