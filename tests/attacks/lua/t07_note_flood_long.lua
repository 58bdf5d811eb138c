-- attack: 100,000 notes of 2,000 bytes in two languages
-- expect: they are cut, memory stays bounded
local long = ("n"):rep(2000)
for _ = 1, 100000 do note({ en = long, ja = long }) end
