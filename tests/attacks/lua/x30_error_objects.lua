-- attack: errors of every type, and errors inside errors
-- expect: an error; its object is never converted
local odd = { 1, 1.5, true, false, {}, type, "x" }
for i = 1, #odd do
  local ok, got = pcall(error, odd[i], 0)
  assert(not ok and got == odd[i])
end
assert(not pcall(error)) assert(not pcall(error, nil)) assert(not pcall(pcall)) assert(not pcall(error, {}, math.maxinteger))
error({ odd }, 3)
