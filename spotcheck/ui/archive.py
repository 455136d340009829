"""All tables in one file."""

from __future__ import annotations

import io
import zipfile

from spotcheck import tables


def all_tables() -> bytes:
    """ZIP of the data folder: every CSV, the descriptor that explains them, and the licences."""
    memory = io.BytesIO()
    # A file of before 1980, as on a machine whose clock was not set, gets the first day there is.
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for path in sorted(tables.DATA_DIR.rglob("*.*")):
            archive.write(path, f"spotcheck/{path.relative_to(tables.DATA_DIR)}")
    return memory.getvalue()
