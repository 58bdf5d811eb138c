-- attack: a field name that is not UTF-8
-- expect: refused when the pack loads
return record{ { "ok", boolean }, { "\xff\xfe", boolean, required = true } }
