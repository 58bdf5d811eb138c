-- attack: messages, values and notes that are not UTF-8, or hold NUL
-- expect: fail with clean text; never an answer that the parent refuses
ensure(s.bad, s.portal, "bad \xff\xfe \xc3 \xed\xa0\x80 bytes {v}", { v = "\xf0\x9f\x98" })
ensure(s.bad, s.portal, "nul \0 here")
note("\xff")
note("{v}", { v = "\xff\0\xff" })
