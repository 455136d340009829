"""Views of the calorie-deficit page: one module each, imported only when it is open."""
