#!/usr/bin/env bash
# convert.test.sh: a saved result is rendered as the run itself was, under every pair of options.
# SPDX-License-Identifier: Apache-2.0
PE_EVERY_PAIR=1 exec python3 "$(dirname "$0")/../convert.test.py" "$@"
