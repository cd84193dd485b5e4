"""The entry of the umbrella scheme in the catalogue of the Network of Terms (Termennetwerk), for one public address.

Its folders are those of `packages/catalog/catalog` in their repository; the publisher goes into their list of those.
"""

from importlib.resources import files

from kbs_graph.interop.site_address import filled

_FILES = {
    "datasets/kennisbouwstenen.jsonld": "dataset.jsonld",
    "queries/search/kennisbouwstenen.rq": "search.rq",
    "queries/lookup/kennisbouwstenen.rq": "lookup.rq",
    "publisher.jsonld": "publisher.jsonld",
}
"""Each file of the entry, and the file here that it comes from."""


def entry(address: str) -> dict[str, str]:
    """The texts of the entry by path, with the public address of the site. Raises NotRunnable for a wrong address."""
    texts = {path: files(__name__).joinpath(name).read_text(encoding="utf-8") for path, name in _FILES.items()}
    return {path: filled(text, address) for path, text in texts.items()}
