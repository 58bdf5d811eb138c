-- attack: a finding about something that was never read
-- expect: fail; the place is the subject or the value read, never outside the file
ensure(s.ok and false, s.deep)
ensure(s.ok and false, s)
ensure(s.ok and false, s.empty)
ensure(s.ok and false, s.list[50])
