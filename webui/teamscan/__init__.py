"""The team scan without its pages: its scan in a hidden field, what each form changes in it, its addresses."""
