-- attack: a stack overflow inside pcall, and then the data is asserted
-- expect: harmless: an error that a policy may catch, like any other
local function down(n) return 1 + down(n + 1) end
assert(not pcall(down, 1))
ensure(s.ok)
