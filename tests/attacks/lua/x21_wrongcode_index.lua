-- attack: an upvalue indexed by a comparison, which Lua 5.4.4 compiles wrongly
-- expect: refused when the pack loads
local verdict = { [true] = true, [false] = false }
local function judge(n) return verdict[n > 0] end
ensure(judge(s.portal.count))
