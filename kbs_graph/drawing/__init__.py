"""Drawing: the karrewiel as geometry, a focus on it, the poster (PDF), and the typeface that all of it is set in."""
