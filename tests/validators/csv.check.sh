#!/usr/bin/env bash
# csv.check.sh: tables by RFC 4180, as strict readers want them, without formulas.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
python3 - "$@" <<'PYTHON'
import csv
import re
import sys

for path in sys.argv[1:]:
    raw = open(path, 'rb').read()
    rows = list(csv.reader(open(path, newline='', encoding='utf-8-sig'), strict=True))
    if {len(row) for row in rows} != {len(rows[0])} or raw.count(b'\n') != raw.count(b'\r\n') or b'\0' in raw:
        sys.exit('%s: not by RFC 4180' % path)
    if any(re.match('[ \u3000]*[=+@＝＋－＠\t\r-]', cell) for row in rows for cell in row):
        sys.exit('%s: a cell is a formula' % path)
PYTHON
if ! command -v sqlite3 >/dev/null; then
    echo "csv: SKIPPED: sqlite3 is not installed"
    [ "${CI:-}" != true ]
    exit
fi
for file in "$@"; do
    records=$(python3 -c 'import csv, sys; print(sum(1 for _ in csv.reader(open(sys.argv[1], newline=""))))' "$file")
    cp -- "$file" table.csv
    read=$(sqlite3 :memory: -cmd '.import --csv table.csv t' 'select count(*) from t' 2>&1) || read="nothing: $read"
    [ "$records" -eq 1 ] || [ "$read" = $((records - 1)) ] ||
        { echo "$file: sqlite3 reads $read of $((records - 1)) rows" && exit 1; }
done
