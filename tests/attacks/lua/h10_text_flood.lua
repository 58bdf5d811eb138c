-- attack: long texts are compared and folded for ever
-- expect: fuel: what is looked at is paid for
local a = ("\u{ff21}"):rep(80000)
while true do text.same(a, a) text.normalise(a) end
