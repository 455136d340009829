"""Run every benchmark."""

from benchmarks import memory, model, slider

slider.measure()
model.measure()
memory.measure()
