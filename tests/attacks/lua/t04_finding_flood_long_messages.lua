-- attack: 20,000 findings with the longest messages and values
-- expect: fail or a limit of the program's own, never a process that dies of it
local long = ("m"):rep(2000)
local values = { v = ("v"):rep(5000) }
for _ = 1, 20000 do
  ensure(s.bad, s.portal, { en = long .. "{v}{v}{v}{v}", ja = long .. "{v}{v}{v}{v}" }, values)
end
