curl --silent --show-error --fail --remote-name http://127.0.0.1:8000/dumps/kennisbouwstenen.nt
curl --silent --show-error --fail --remote-name http://127.0.0.1:8000/dumps/SHA256SUMS
sha256sum --check --ignore-missing SHA256SUMS
