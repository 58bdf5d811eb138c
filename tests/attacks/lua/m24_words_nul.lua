-- attack: words that hold NUL
-- expect: refused
return record{ { "ok", boolean }, { "tenant", enum{ "attacked\0x" } } }
