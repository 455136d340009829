"""All tables in one file."""

from __future__ import annotations

import io
import zipfile

from spotcheck import tables


def all_tables() -> bytes:
    """ZIP of the data folder: every CSV, and the descriptor that explains them."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(tables.DATA_DIR.glob("*")):
            archive.write(path, f"spotcheck/{path.name}")
    return memory.getvalue()
