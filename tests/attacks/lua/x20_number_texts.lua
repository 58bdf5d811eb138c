-- attack: texts that look like numbers
-- expect: none becomes one by accident
for _, x in ipairs({ "0x", "1e", "1e99999", "nan", "inf", "0x1p99999", " 1 ", "1_000", ("1"):rep(65), "1\0", "", "-", "0b1" }) do
  local ok, got = pcall(function() return x + 1 end)
  assert(not ok, "added")
  got = tonumber(x)
  assert(got == nil or type(got) == "number")
  assert(not pcall(math.floor, x))
end
assert(not ("10" == 10) and not pcall(function() return "10" < 10 end))
return tonumber(("9"):rep(64))
