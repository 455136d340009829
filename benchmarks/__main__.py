"""Run every benchmark."""

from benchmarks import articles, matrix, memory, model, slider

slider.measure()
matrix.measure()
articles.measure()
model.measure()
memory.measure()
