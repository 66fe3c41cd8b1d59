"""Access beside the pages: keys of programs, and how much a post takes out in an hour."""
