-- attack: titles, fixes and messages with escapes, line breaks, bidirectional and invisible characters
-- expect: the rule fails as it should, everything escaped, one finding on one line
local nasty = "\27[2J\27]0;owned\7 \r\n::error::x\n##vso[x]y \u{202e}SSAP\u{202c} PA\u{200b}SS \u{9b}31m \8\8\8 \127"
return { title = { en = nasty, ja = nasty }, severity = "low", owner = "customer", tags = { nasty }, references = { nasty },
  rules = { { id = "attacked", title = nasty, fix = nasty, check = function(s) ensure(s.bad, s.portal, nasty) note(nasty) end } } }
