-- attack: a local of the file keeps what the first snapshot or rule said
-- expect: harmless: every rule gets a fresh copy of the file
seen = true
