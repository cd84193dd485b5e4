"""What a first scan begins with: few enough for a meeting, from every area, and all of it in the graph."""

import pytest

from kbs_graph.store import LocalStore
from kbs_graph.teamscan import beginnings, profiles, topics
from kbs_graph.teamscan.model import Kind, Topic


@pytest.mark.slow
@pytest.mark.parametrize("profile", [profile.slug for profile in profiles.PROFILES])
def test_a_beginning_is_small_whole_and_from_every_area(real_store: LocalStore, profile: str) -> None:
    known = topics.read(real_store)
    chosen = beginnings.first(known, profile)
    assert 15 <= len(chosen) <= beginnings.MOST_AT_FIRST
    named = (beginnings._FIRST.get(profile) or beginnings._BROAD).split()
    assert {f"aspect/{slug}" for slug in named} == chosen and len(named) == len(chosen)
    found = topics.by_key(known)
    assert len({found[key].domain.slug for key in chosen if found[key].domain}) == 7


def test_what_is_not_in_the_graph_is_passed_over_and_an_unknown_profile_is_a_broad_team() -> None:
    known = [Topic("aspect/meldcode", {}, Kind.GENERAL, None), Topic("aspect/iets", {}, Kind.GENERAL, None)]
    assert beginnings.first(known, "broek") == beginnings.first(known, "breed") == {"aspect/meldcode"}
