-- attack: every limit is run into inside pcall, and then the data is asserted
-- expect: the first limit ends the rule
local function spin() while true do end end
pcall(pcall, pcall, spin)
ensure(s.ok)
