"""What the product says of its own model, for `/def`: the terms, the rules, and a drawing of both."""
