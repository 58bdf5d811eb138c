#!/usr/bin/env python3
"""faults.test.py: when a call of the system fails, the program says so, and never says "pass".

A part of tests/long/faults.test.py, which fails every call; under sanitizers, leaks count too.
"""
# SPDX-License-Identifier: Apache-2.0
import os
import sys

SOURCE = os.path.abspath(os.environ.get('PE_SOURCE_DIR',
                                        os.path.join(os.path.dirname(__file__), '..')))
sys.path.insert(0, os.path.join(SOURCE, 'tests', 'support'))
from faults import run_sweeps  # noqa: E402

MEMORY_STEP = 29  # every 29th allocation, from the first on
CALL_STEP = 3

sys.exit(run_sweeps(MEMORY_STEP, CALL_STEP))
