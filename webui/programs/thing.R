page <- url("http://127.0.0.1:8000/data/aspect/meldcode.nt", encoding = "UTF-8")
statements <- readLines(page)
close(page)
topic <- "<https://w3id.org/kennisbouwstenen/id/aspect/meldcode>"
name <- "<http://www.w3.org/2004/02/skos/core#prefLabel>"
print(grep(paste(topic, name), statements, value = TRUE, fixed = TRUE))
