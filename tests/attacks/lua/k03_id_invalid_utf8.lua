-- attack: an id that is not UTF-8
-- expect: refused when the pack loads
return { id = "\xff\xfe", version = "1", title = "x" }
