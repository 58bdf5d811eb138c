-- attack: format names that do not exist, are long, hold escapes
-- expect: refused, the name escaped and cut
return record{ { "ok", format(("\27[2J\n"):rep(10000)) } }
