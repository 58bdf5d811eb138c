-- attack: _ENV is passed around and walked
-- expect: refused when the pack loads
local env = _ENV
for k in pairs(env) do if k == "load" then return env[k] end end
return env
