-- attack: an error of 250,000 bytes
-- expect: an error, cut
error(("\u{1f600}"):rep(60000), 0)
