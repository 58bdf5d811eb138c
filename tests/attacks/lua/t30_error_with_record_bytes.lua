-- attack: an error whose text looks like records of the result pipe, and more
-- expect: error, the text cut and clean
error("\9\0\0\0\0\xff\xfe\n::error::x\r\27[2J" .. ("\u{202e}"):rep(50000), 0)
