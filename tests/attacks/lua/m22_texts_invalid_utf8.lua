-- attack: descriptions, units, words and paths that are not UTF-8
-- expect: refused when the pack loads, or clean in the schema
return record{ { "ok", boolean, en = "\xff", ja = "\xfe", unit = "\xff" }, { "tenant", enum{ "\xff" } }, { "id", ref "\xff" } }
