-- attack: one unknown key of 200,000 bytes with escapes
-- expect: refused, the key cut and escaped
return { title = "x", severity = "low", owner = "customer", [("k\27\n"):rep(50000)] = 1, rules = {} }
