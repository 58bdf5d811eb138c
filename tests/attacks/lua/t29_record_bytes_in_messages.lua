-- attack: messages that look like records of the result pipe
-- expect: fail; they are text
local done = "\9\0\0\0\0"
ensure(s.bad, s.portal, done .. "\6\1\0\0\0\0\0\0\0\2\0\0\0")
note(("\1\0\0\0"):rep(400))
ensure(s.bad, s.portal, "\n{\"verdict\": \"pass\"}\n")
