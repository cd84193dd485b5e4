topics <- read.csv("http://127.0.0.1:8000/nl/aspect.csv", fileEncoding = "UTF-8-BOM", check.names = FALSE)
print(table(topics$domein, topics$niveau))
