"""What weight and lever arms ask of the joints, live, and how far the leg model can be trusted."""

from __future__ import annotations

from importlib import import_module

import streamlit as st

from spotcheck.ui import settings
from spotcheck.ui.matrix.scene import Scene

_PARTS_PX = 440


def draw(scene: Scene) -> None:
    """Row of parts, and the open one, the only one that is imported and built."""
    with st.container(width="stretch" if scene.narrow else _PARTS_PX):
        scene.controls.segments("part", "Part", settings.PHYSICS_PARTS)
    import_module(f"spotcheck.ui.matrix.physics_{scene.controls['part']}").draw(scene)
