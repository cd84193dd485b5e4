"""A scan as a workbook or CSV, both ways: made to fill in (`as_workbook`, `as_csv`), and read back (`reading`)."""
