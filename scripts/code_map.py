"""Write ``docs/map.md``: what each file of the project is for, and what it builds on."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAP = ROOT / "docs/map.md"
_HEAD = """# Map of the code

Data flows one way: `data -> tables -> domain -> charts -> ui -> pages`.
Written by `python -m scripts.code_map` from the first line of each file; a test keeps it true.
"""
# In the order in which data flows.
_ROOMS = {
    "spotcheck": "the ground",
    "spotcheck/energy": "what running costs, and what a plan does to a body",
    "spotcheck/muscles": "which muscles an exercise engages",
    "spotcheck/articles": "three articles against the studies",
    "spotcheck/charts": "pictures: data frame in, figure out",
    "spotcheck/ui": "the one part that knows Streamlit",
    "spotcheck/ui/estimator": "views of the calorie-deficit page",
    "spotcheck/ui/matrix": "views of the muscle matrix",
    "spotcheck/ui/articles": "views of the articles page",
    "pages": "one thin file a page",
    "scripts": "commands, none needed to run the app",
    "scripts/musculoskeletal": "builds the tables of the leg model",
    "benchmarks": "speed, against peers and a bare app",
}


def text() -> str:
    """Text of the map."""
    parts = [_HEAD]
    for room, purpose in _ROOMS.items():
        files = [path for path in sorted((ROOT / room).glob("*.py")) if path.stem != "__init__"]
        if not files:
            continue
        parts.append(
            f"\n## `{room}/`: {purpose}\n\n| file | what it is for | builds on |\n|---|---|---|"
        )
        for path in files:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            first = (ast.get_docstring(tree) or "").split("\n\n")[0].replace("\n", " ")
            parts.append(f"| `{path.name}` | {first} | {', '.join(_imports(tree))} |")
    return "\n".join(parts) + "\n"


def _imports(tree: ast.Module) -> list[str]:
    """Modules of this project that a file imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            found |= {name for name in (node.module, *names) if _is_module(name)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if _is_module(alias.name)}
    return sorted(f"`{name.removeprefix('spotcheck.')}`" for name in found)


def _is_module(name: str) -> bool:
    return (ROOT / name.replace(".", "/")).with_suffix(".py").is_file()


if __name__ == "__main__":
    MAP.write_text(text(), encoding="utf-8")
