# make run     the app at http://127.0.0.1:7860
# make worker  one more worker, for the database that the settings name
# make space   builds var/space, the folder of a Hugging Face Space; HARDWARE=zero for one with a GPU that is lent
# make teach   the lessons, in JupyterLab
# make lessons runs the lessons and writes them as pages to var/lessons; LESSON=3 for one, REPOSITORY=name/copy for links
# make audit   whether the audit log is whole; the app may run meanwhile
# make test    style and tests, as they run before a change is kept
# make style   formats the code and mends what can be mended
#
# Each sets up what it needs the first time: Python packages in .venv, and on Debian or Ubuntu the system's libraries.

VENV := .venv
RUN := $(VENV)/bin/python

# skia draws through these; the tests drive the app in a real browser
LIBRARIES := libegl1 libgl1
BROWSER := chromium
# reads the text in pictures, so that the rules see it; without it everything else works
READER := tesseract-ocr tesseract-ocr-fra

PYTHON := $(shell for name in python3.13 python3.12 python3.11 python3; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

.PHONY: run worker space teach lessons audit test style
.DELETE_ON_ERROR:

run: $(VENV)/ready
	$(RUN) app.py

HARDWARE := cpu
space: $(VENV)/bin/python
	$(RUN) space/build.py var/space --hardware $(HARDWARE)

worker: $(VENV)/ready
	$(RUN) -m pipelines.worker

JUPYTERLAB := jupyterlab==4.6.6
teach: $(VENV)/ready-for-lessons
	$(RUN) -m pip install --quiet --disable-pip-version-check $(JUPYTERLAB)
	$(RUN) -m jupyter lab notebooks

LESSON :=
REPOSITORY :=
lessons: $(VENV)/ready-for-lessons
	$(RUN) -m notebooks.gallery var/lessons $(LESSON) $(if $(REPOSITORY),--repository $(REPOSITORY))
	@echo "Open var/lessons/index.html"

audit: $(VENV)/installed
	@$(RUN) -m data.audit

# a file of tests stays together: its tests share one app, one browser, one set of clips; long files start early
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
test: $(VENV)/ready-for-tests
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m pytest -m alone tests/e2e
	$(RUN) -m pytest -m "not alone" $(SIDE_BY_SIDE)

style: $(VENV)/ready-for-tests
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Hibari needs Python 3.11 or newer. Install it, then run make again." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python could not make a virtual environment; on Debian or Ubuntu install python3-venv." >&2; exit 1; }

$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/installed-for-tests: requirements-dev.txt notebooks/requirements.txt $(VENV)/installed
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(VENV)/ready-for-lessons: notebooks/requirements.txt $(VENV)/ready
	$(RUN) -m pip install --quiet --disable-pip-version-check -r notebooks/requirements.txt
	@touch $@

$(VENV)/ready: $(VENV)/installed
	@$(RUN) -c 'import skia' 2>/dev/null || { $(call install,$(LIBRARIES)); }
	@$(RUN) -c 'import skia'
	@command -v tesseract >/dev/null || ( $(call install,$(READER)) ) 2>/dev/null || \
		echo "Text in pictures is not read: Tesseract is missing (on Debian or Ubuntu: sudo apt-get install $(READER))."
	@touch $@

$(VENV)/ready-for-tests: $(VENV)/installed-for-tests $(VENV)/ready
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { $(call install,$(BROWSER)); }
	@touch $@

# Installs system packages where that needs no password, else asks for them by name.
define install
	if ! command -v apt-get >/dev/null; then \
		echo "Please install what your system calls: $(1). Then run make again." >&2; exit 1; fi; \
	if [ "$$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else \
		echo "Please run: sudo apt-get install $(1)   and then make again." >&2; exit 1; fi; \
	echo "Installing $(1)"; $$as_root apt-get update -qq; \
	DEBIAN_FRONTEND=noninteractive $$as_root apt-get install -y -qq --no-install-recommends $(1) >/dev/null
endef
