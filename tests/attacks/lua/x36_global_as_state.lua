-- attack: a global name keeps what the first snapshot or rule said
-- expect: refused when the pack loads
seen = true
