-- attack: forbidden names are looked up through _ENV with names made at run time
-- expect: refused when the pack loads
local name = "lo" .. "ad"
return _ENV[name]
