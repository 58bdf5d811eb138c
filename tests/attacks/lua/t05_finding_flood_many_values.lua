-- attack: one message that names a value 600 times
-- expect: fail, the text bounded
local message = ("{v}"):rep(660)
for _ = 1, 50 do
  ensure(s.bad, s.portal, message, { v = ("v"):rep(200000) })
end
