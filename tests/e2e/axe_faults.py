"""What axe finds wrong on a page: WCAG 2.2 A and AA, and its best practices."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

RULES = {
    "resultTypes": ["violations", "passes"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}


def faults(page: Any) -> list[str]:
    """What axe finds wrong, one line a place. A run that checked nothing has failed."""
    response = Axe().run(page, options=RULES).response
    assert len(response["passes"]) > 15
    return [
        f"{fault['id']}: {node['target']} {node['html'][:120]}"
        for fault in response["violations"]
        for node in fault["nodes"]
    ]
