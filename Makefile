# Needs Python 3.11 to 3.13 and nothing else. PYTHON=... picks the interpreter.
PYTHON ?=
VENV_PYTHON = .venv/bin/python
# Named in full, or nbval's kernels count differently from pytest, or hang.
PYTEST = $(VENV_PYTHON) -m pytest --nbval --cov=analysis --cov-config=pyproject.toml

# The folder of the notebooks that `make lab` opens.
BUILT = $(abspath $(or $(OUT),.))

# What an outer environment sets must not reach ours.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

.DEFAULT_GOAL := build
.PHONY: help setup build figures reports test lab bench lock clean
# Under `make -j`, tests would read files that the build is writing.
.NOTPARALLEL:

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

setup:  ## make or mend .venv; does nothing if it fits
	@python=$$(sh tools/find_python.sh "$(PYTHON)") && "$$python" tools/setup.py

build: setup  ## figures, notebooks and reports; the default
	@$(VENV_PYTHON) -m analysis build

figures: setup  ## only the figures
	@$(VENV_PYTHON) -m analysis figures

reports: setup  ## only the HTML reports
	@$(VENV_PYTHON) -m analysis reports

test: setup  ## all tests, the notebooks' outputs included, with coverage
	@$(PYTEST)

lab: setup  ## open the notebooks in JupyterLab; CORPUS=… on other articles, OUT=… where those were built
	@ANALYSIS_CORPUS="$(if $(CORPUS),$(abspath $(CORPUS)))" JUPYTER_CONFIG_PATH=tools/lab $(VENV_PYTHON) -m jupyterlab \
	    --ServerApp.root_dir="$(BUILT)" "$(firstword $(sort $(wildcard $(BUILT)/notebooks/*.ipynb)))"

bench: setup  ## time the analysis on this machine
	@$(VENV_PYTHON) benchmarks/bench.py
	@$(VENV_PYTHON) benchmarks/growth.py

lock:  ## write requirements.txt from pyproject.toml; needs uv
	@command -v uv >/dev/null || { echo "lock: needs uv on PATH" >&2; exit 1; }
	@uv pip compile pyproject.toml --extra test --output-file requirements.txt \
	    --universal --python-version 3.11 --fork-strategy fewest \
	    --only-binary :all: --generate-hashes --no-emit-index-url \
	    --custom-compile-command "make lock" --quiet

clean:  ## remove .venv and caches; results stay
	@rm -rf .venv .build .pytest_cache .hypothesis .coverage .coverage.* htmlcov build dist *.egg-info
	@find . -name __pycache__ -prune -exec rm -rf {} +
