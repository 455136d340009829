"""Views of the articles page, each a module that is imported when it is open."""
