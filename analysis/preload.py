"""What the notebooks and figures import, imported once and forked from then on; see `analysis.kernels`.

The vocabularies are read on the way, because `analysis.load` keeps them. Nothing else is kept, and
nothing is drawn: what a fork then does, it does from where any interpreter starts.
"""

import contextlib

import ipykernel.kernelapp  # noqa: F401

import analysis.evaluate
import analysis.plots
import analysis.reports.show
import analysis.tables
from analysis.sources import BadInput

analysis.plots.figures()
# Articles that cannot be read are the build's to complain of.
with contextlib.suppress(BadInput, OSError):
    analysis.tables.load(analysis.tables.PROJECT_REGISTRY)
