# Short names for developers; everything here is one line of run.py or of a tool.
PYTHON ?= python3
TOOL = .venv/bin/python -m

.PHONY: sandbox demo test check lock upgrade format coverage clean

sandbox:   ; $(PYTHON) run.py
demo:      ; $(PYTHON) run.py demo
test:      ; $(PYTHON) run.py test
check:     ; $(PYTHON) run.py check
lock:      ; $(PYTHON) run.py lock
upgrade:   ; $(PYTHON) run.py lock --upgrade
format:    ; $(TOOL) ruff check --fix . ; $(TOOL) ruff format .
coverage:  ; $(PYTHON) run.py test --cov --cov-report=term-missing:skip-covered
clean:     ; rm -rf .venv .coverage htmlcov .hypothesis .*_cache
