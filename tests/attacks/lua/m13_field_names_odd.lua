-- attack: field names that are empty, long, hold escapes and line breaks
-- expect: refused, or escaped
local long = "n"
for _ = 1, 17 do long = long .. long end
return record{ { "", boolean }, { long, boolean, required = true }, { "\27[2J\n::error::", boolean, required = true }, { "ok", boolean } }
