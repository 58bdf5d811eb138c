-- attack: a field name that holds NUL, and so looks like another
-- expect: refused
return record{ { "ok\0x", text{}, required = true } }
