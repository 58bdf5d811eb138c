#!/usr/bin/env python3
"""codecheck-fixed.test.py: programs that the code check accepts give the same value in a fixed Lua.

The programs of codecheck.test.py, run with this build's Lua after the check and with a later
release, built here from the original archive of Debian's source package. Skipped where that cannot
be had (tests/support/fixed-lua.sh).
"""
# SPDX-License-Identifier: Apache-2.0
import os
import subprocess
import sys

SUPPORT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support')
sys.path.insert(0, SUPPORT)
import programs_run  # noqa: E402

built = subprocess.run(['bash', os.path.join(SUPPORT, 'fixed-lua.sh')], stdout=subprocess.PIPE,
                       text=True, check=False)
if built.returncode != 0:
    print('codecheck-fixed: SKIPPED: no fixed Lua could be built (see above)')
    sys.exit(77)
fixed = [built.stdout.strip(), os.path.join(SUPPORT, 'run_programs.lua')]

runner = programs_run.runner()
counts = programs_run.Counts()
for batch in programs_run.batches():
    checked = programs_run.lines_of([runner, 'check', batch.path], batch)
    for program, line, want in zip(batch.programs, checked,
                                   programs_run.lines_of(fixed + [batch.path], batch)):
        counts.programs += 1
        if line.startswith('-'):
            counts.refused += 1
        elif line != want:
            counts.complain('differs from the fixed Lua, which says ' + want, program, line)
        if want != '=' + program.answer:
            counts.complain('the fixed Lua is wrong', program, want)
print('codecheck-fixed: %d programs, %d refused; differences: %d' %
      (counts.programs, counts.refused, counts.wrong))
sys.exit(counts.wrong > 0)
