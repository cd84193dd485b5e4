address <- "http://127.0.0.1:8000/dumps/kennisbouwstenen.nt"
download.file(address, "kennisbouwstenen.nt", mode = "wb", quiet = TRUE)
headers <- curlGetHeaders(address)
promised <- sub("^content-length: *", "", grep("^content-length:", headers, value = TRUE, ignore.case = TRUE), ignore.case = TRUE)
stopifnot(file.size("kennisbouwstenen.nt") == as.numeric(promised))
cat("OK", length(readLines("kennisbouwstenen.nt")), "statements\n")
