"""Run every benchmark."""

from benchmarks import model, slider

slider.measure()
model.measure()
