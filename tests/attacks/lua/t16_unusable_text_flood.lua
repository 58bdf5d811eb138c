-- attack: unusable texts are looked for among what was read: 64 long strings each time
-- expect: fuel; comparing is charged
local long = s.longstrings[1]
for i = 1, 64 do local _ = s.longstrings[i] end
for _ = 1, 200000 do time.seconds(long) end
