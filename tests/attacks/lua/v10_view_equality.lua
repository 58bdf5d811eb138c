-- attack: a part of the snapshot equals itself, so an assertion is true without reading anything
-- expect: no pass: nothing was read
ensure(s.portal == s.portal)
ensure(s.portal ~= s.list)
ensure(s.list[1] == s.list[1])
ensure(s ~= 3)
error("over")
