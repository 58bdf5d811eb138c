-- attack: absent names of 250,000 bytes
-- expect: memory or fuel, bounded; the report stays small
local base = ("k"):rep(250000)
for i = 1, 100000 do local _ = s[base .. i] end
