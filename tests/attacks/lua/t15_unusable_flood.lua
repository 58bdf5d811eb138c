-- attack: a million arguments that helpers cannot use
-- expect: fuel or memory
for i = 1, 1000000 do net.kind("x" .. i) end
