-- attack: errors of every type, and errors inside errors
-- expect: an error
for _, e in ipairs({ 1, 1.5, true, false, {}, s, type, "x" }) do
  local ok, got = pcall(error, e, 0)
  assert(not ok and got == e)
end
assert(not pcall(error)) assert(not pcall(error, nil)) assert(not pcall(pcall, error))
error(setmeta, 3)
