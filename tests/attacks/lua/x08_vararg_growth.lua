-- attack: the arguments of a call grow by one with every tail call: O(n) work in one instruction
-- expect: fuel or memory, in time
local function f(...) return f(1, ...) end
return f()
