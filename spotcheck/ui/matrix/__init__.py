"""Views of the muscle-matrix page: one module each, imported only when it is open."""
