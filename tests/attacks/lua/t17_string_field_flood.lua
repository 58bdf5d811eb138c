-- attack: fields of strings, each a recorded gap
-- expect: fuel or memory
local x = s.portal.text
for i = 1, 1000000 do local _ = x["field" .. i] end
