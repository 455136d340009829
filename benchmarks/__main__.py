"""Run every benchmark."""

from benchmarks import articles, cold, leg, load, matrix, memory, model, slider

slider.measure()
matrix.measure()
articles.measure()
leg.measure()
cold.measure()
model.measure()
memory.measure()
load.measure()
