"""The booklets: the whole model or one domain to print, as PDF and DOCX, in two languages."""
