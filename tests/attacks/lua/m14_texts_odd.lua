-- attack: descriptions and units that hold NUL
-- expect: refused
return record{ { "ok", boolean, en = "\0", ja = "x", unit = "u" } }
