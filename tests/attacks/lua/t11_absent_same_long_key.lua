-- attack: one absent name of 250,000 bytes, asked for again and again
-- expect: memory or fuel, bounded
local key = ("k"):rep(250000)
for _ = 1, 1000000 do local _ = s.portal[key] end
