-- attack: an enum of 60 words of 100,000 bytes, which a problem's message lists
-- expect: it loads or is refused; the message is cut
local words = {}
local long = "w"
for _ = 1, 17 do long = long .. long end
for i = 1, 60 do words[i] = long .. i end
return record{ { "ok", boolean }, { "tenant", enum(words) } }
