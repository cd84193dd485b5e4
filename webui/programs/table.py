import csv
from io import TextIOWrapper
from urllib.request import urlopen

with urlopen("http://127.0.0.1:8000/nl/aspect.csv") as answer:
    for row in csv.DictReader(TextIOWrapper(answer, "utf-8-sig")):
        print(row["domein"], "|", row["naam (nl)"])
