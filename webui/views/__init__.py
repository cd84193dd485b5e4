"""The views, one blueprint a module: each asks the library one question and shows the answer."""
