"""Words typed into a search field, until the suggestions for them are there."""

from typing import Any

OPTION = "[role=option]"


def typed(page: Any, words: str) -> Any:
    """Type words letter by letter. On a slow machine half a word is asked too: that finds nothing, so that no list of
    an earlier moment comes in between."""

    def answer(route: Any) -> None:
        if route.request.url.endswith(f"?q={words}"):
            route.continue_()
        else:
            route.fulfill(json={"suggestions": []})

    page.route("**/suggesties?*", answer)
    field = page.locator("#q")
    field.press_sequentially(words)
    page.locator(OPTION).first.wait_for()
    return field
