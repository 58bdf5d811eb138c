-- attack: id, version, edition and title with escapes, line breaks and marks
-- expect: refused, or escaped everywhere
return { id = "x\27[2J\n\u{202e}", version = "1\r\n::error::", edition = "\u{200b}", title = "\27]0;x\7" }
