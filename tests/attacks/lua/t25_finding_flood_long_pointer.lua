-- attack: findings below a key of 100,000 bytes
-- expect: fail; a pointer is text of the report and must not fill the memory
for _, e in ipairs(s.longkey[("K"):rep(100000)]) do ensure(e.ok, e, "no") end
