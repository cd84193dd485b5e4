"""The plan of a region: what its teams could learn together, as a scan that holds only that, to make a plan in."""

from kbs_graph.teamscan.model import Line, Need, NeedKind, Scan
from kbs_graph.teamscan.region import Region


def joint(region: Region, name: str) -> Scan:
    """A scan with the topics of the joint training, none of them counted; its plan is still empty.

    A plan is always part of a scan, so a region's goes the same way as a team's: into the same file, on the same pages.
    """
    return Scan(
        name=name,
        day=max((team.day for team in region.teams), default=""),
        size=max(1, sum(team.size for team in region.teams)),
        lines={one.topic.key: Line(Need(NeedKind.SOME, 2, one.teams)) for one in region.training},
    )
