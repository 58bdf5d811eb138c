-- attack: everything that records in the trace is called where there is none
-- expect: a load error, never a crash
local function try(f, ...) pcall(f, ...) end
try(ensure, false, nil, "x") try(ensure) try(note, "x") try(not_applicable, "x")
try(attested, {}, { clause = "9.2.3", party = "provider" }) try(attested, nil, {}) try(attested, 1, 1)
try(has, {}, "x") try(has, nil, "x") try(get, 3, "x") try(is_null, "s", "x") try(maybe_empty, 3) try(is_empty, "s")
try(maybe_empty, {}) try(is_empty, {}) try(ipairs, 3) try(ipairs, "s") try(pairs, "s") try(pairs, 3)
try(each, 3, "x", type) try(each, "s", "x", type) try(table.concat, 3) try(table.concat, "x") try(table.unpack, "x")
try(net.coverage, 3) try(net.coverage, { 3 }) try(net.coverage, { "x" }) try(net.kind, {}) try(net.contains, {}, 3)
try(time.seconds, "x") try(time.age, nil, nil) try(tls.version, {}) try(tls.name, 9) try(ports.text, {}) try(ports.text, "x")
try(text.same, 1, 2) try(text.clause, "x") try(text.normalise, {})
try(function() return ("x").y end) try(function() return ("x").y.z end)
for _ in each({ 1 }, { en = "a", ja = "b" }, function() return true end) do end
error("survived")
