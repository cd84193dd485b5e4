from hashlib import sha256
from pathlib import Path
from urllib.request import urlopen

with urlopen("http://127.0.0.1:8000/dumps/kennisbouwstenen.nt") as answer:
    checksum = answer.headers["ETag"].strip('"')
    content = answer.read()
if sha256(content).hexdigest() != checksum:
    raise SystemExit("The file did not arrive whole.")
Path("kennisbouwstenen.nt").write_bytes(content)
print("OK", content.count(b"\n"), "statements")
