-- run_programs.lua: what run_programs.c does with "any", for another Lua: lua run_programs.lua FILE
-- SPDX-License-Identifier: Apache-2.0
local file = assert(io.open(arg[1], "rb"))

for length in function() return file:read("n", "L") end do
  local text = file:read(length)
  local ok, value = pcall(assert(load(text, "=program", "t")))
  print((ok and "=" or "!") .. tostring(value))
end
