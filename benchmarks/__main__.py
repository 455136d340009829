"""Run every benchmark."""

from benchmarks import matrix, memory, model, slider

slider.measure()
matrix.measure()
model.measure()
memory.measure()
