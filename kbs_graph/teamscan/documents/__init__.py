"""What is made of a scan to print and to share (`making`): Word, tables, a calendar, lines for a terminal."""
