#!/usr/bin/env bash
# doc.test.sh: the reference pages are those of the built-in pack, and say what a model says.
# SPDX-License-Identifier: Apache-2.0
#
# PE_GOLDEN_UPDATE=1 writes docs/iso27017.md and docs/iso27017.ja.md anew.
set -euo pipefail

program=$(realpath "$1")
root=$(realpath "${PE_SOURCE_DIR:-$(dirname "$0")/..}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C
failed=0

complain() {
    echo "doc: FAILED: $*"
    failed=1
}

# ---- the pages that are kept ----

cd "$root"
reads=()
for snapshot in fixtures/{iad,ctx}/{compliant,realistic}.json; do
    reads+=(--reads "$snapshot")
done
for page in iso27017.md:en iso27017.ja.md:ja; do
    kept=docs/${page%:*}
    "$program" doc --lang "${page#*:}" "${reads[@]}" >"$work/page"
    [ -z "${PE_GOLDEN_UPDATE:-}" ] || cp "$work/page" "$kept"
    cmp -s "$work/page" "$kept" ||
        complain "$kept is stale; PE_GOLDEN_UPDATE=1 tests/doc.test.sh PROGRAM writes it anew:" \
            "$(diff "$kept" "$work/page" | head -n 6)"
done

# ---- a small pack: what its page says ----

cd "$work"
mkdir -p pack
cat >pack/pack.lua <<'LUA'
return { id = "small", title = { en = "Small", ja = "小" }, edition = "1", version = "2", authors = { "nobody" },
         services = { "iad", "ctx" }, service = "/contract/service", option_names = { "extra" },
         options = "/contract/options" }
LUA
cat >pack/model.lua <<'LUA'
return record{
  { "contract", record{
      { "service", enum{ "iad", "ctx" }, required = true, en = "The service", ja = "サービス" },
      { "options", list(enum{ "extra" }, { may_be_empty = "/contract/service" }), required = true, en = "Options", ja = "オプション" },
    }, required = true, en = "The contract", ja = "契約" },
  { "hosts", list(record{
      { "id", format"id", required = true, en = "Id", ja = "識別子" },
      { "key", text{}, secret = true, en = "A key | of the host", ja = "鍵" },
      { "ports", map(record{ { "open", boolean, en = "Open", ja = "開放" } }), option = "extra",
        en = "Ports by name", ja = "ポート" },
      { "age", integer{ min = 0 }, unit = "days", en = "Age", ja = "経過日数" },
    }), required = true, en = "Hosts", ja = "ホスト" },
}
LUA
cat >pack/1.1.lua <<'LUA'
return {
  title = { en = "Hosts", ja = "ホスト" }, severity = "low", owner = "customer", references = { "none [1](x)" },
  tags = { "host" },
  params = { words = { type = "list", one_of = { "a", "b|c" }, default = { "a" }, doc = { en = "Words", ja = "語" } } },
  rules = {
    { id = "closed", ref = "R1", severity = "high", title = { en = "No *port* is open", ja = "閉鎖" },
      fix = { en = "Close | it", ja = "閉じる" }, when = { option = "extra" },
      check = function(s)
        for _, host in ipairs(s.hosts) do
          for _, port in pairs(host.ports) do ensure(not port.open, port) end
        end
      end },
  },
}
LUA
cat >pack/2.1.lua <<'LUA'
return {
  title = { en = "Ages", ja = "経過" }, severity = "low", owner = "customer", references = { "none" },
  rules = {
    { id = "young", title = { en = "Hosts are young", ja = "新しい" }, fix = { en = "Renew", ja = "更新" },
      check = function(s) for _, host in ipairs(s.hosts) do ensure(host.age < 9, host) end end },
  },
}
LUA
echo '{"contract":{"service":"iad","options":[]},"hosts":[{"id":"a","age":3}]}' >plain.json
echo '{"contract":{"service":"ctx","options":["extra"]},"hosts":[{"id":"a","age":3,"ports":{"w/e.b":{"open":false}}}]}' \
    >extra.json

row() { # LINE: the page has exactly this line
    grep -qxF -- "$1" page || complain "the page has no line '$1', but: $(grep -F -- "$(cut -c1-20 <<<"$1")" page || true)"
}
"$program" doc --lang en pack >page
row '# Small'
row '### 1.1 Hosts'
row '- references: none \[1\](x)'
row '| `words` | list, with commas between | `["a"]` | `a`, `b\|c` |  | Words |  |'
row '| `closed` | R1 | No \*port\* is open | high |  | Close \| it |'
row '| `contract.service` | one of `iad`, `ctx` | yes |  |  |  | The service |'
row '| `hosts[].key` | text |  |  |  | yes | A key \| of the host |'
row '| `hosts[].ports` | object with free keys: object |  | option `extra` |  |  | Ports by name |'
row '| `hosts[].age` | whole number, at least 0 |  |  | days |  | Age |'
! grep -q 'read by' page || complain 'without --reads there is a column for it'

"$program" doc --lang en --reads plain.json pack >page
row '| `hosts[].age` | whole number, at least 0 |  |  | days |  | Age | 2.1 |'
row '| `hosts[].ports.*.open` | true or false |  |  |  |  | Open |  |'
row '| `hosts[].id` | an identifier without control characters | yes |  |  |  | Id |  |'
"$program" doc --lang ja --reads plain.json --reads extra.json --pack pack >page
row '| `hosts[].ports.*.open` | true / false |  |  |  |  | 開放 | 1.1 |'
row '| `hosts` | リスト: オブジェクト | ○ |  |  |  | ホスト | 1.1、2.1 |'
row '| `contract.options` | リスト: 次のいずれか: `extra` | ○ |  |  |  | オプション | 1.1 |'

# ---- what cannot be done ----

refused() { # WANTED ARGUMENT...
    local want=$1 status=0
    shift
    "$program" "$@" >out 2>err || status=$?
    { [ "$status" -eq 2 ] && [ ! -s out ] && [ "$(wc -l <err)" -eq 1 ] && grep -qF -- "$want" err; } ||
        complain "$*: status $status, $(head -c 300 err)"
}
echo '{' >broken.json
refused 'nowhere.json' doc pack --reads nowhere.json
refused 'broken.json' doc pack --reads broken.json
cp -r pack bad
sed -i 's/host.age < 9/host.age + host/' bad/2.1.lua
refused '2.1/young ended in an error' doc bad --reads plain.json
refused 'one pack at a time' doc pack pack
refused 'nowhere' doc nowhere

[ "$failed" -eq 0 ] || exit 1
echo 'doc: ok'
