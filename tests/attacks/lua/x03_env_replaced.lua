-- attack: _ENV is replaced by a local, a parameter, a loop variable
-- expect: refused when the pack loads
local function f(_ENV) return load end
for _, _ENV in ipairs({ {} }) do x = 1 end
local _ENV <const> = {}
return f({})
