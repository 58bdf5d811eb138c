-- attack: a missing value is read where nobody looks, then assertions hold
-- expect: unknown
pcall(function() return s.gone.further end)
local _ = s.portal.nothing
ensure(s.ok)
