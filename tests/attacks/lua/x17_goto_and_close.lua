-- attack: variables to be closed without metatables, and goto out of blocks
-- expect: an error (a non-closable value), or fuel
local function f()
  local x <close> = nil
  local y <close> = false
  for _ = 1, 10 do local z <close> = nil goto out end
  ::out::
  return x, y
end
f()
local bad <close> = {}
::again:: goto again
