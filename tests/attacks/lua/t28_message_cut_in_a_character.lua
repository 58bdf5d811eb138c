-- attack: none: an honest message of 2,001 bytes, whose last character is cut in two
-- expect: fail with clean text
ensure(s.bad, s.portal, { en = "x" .. ("\u{30a2}"):rep(700), ja = "xx" .. ("\u{30a2}"):rep(700) })
