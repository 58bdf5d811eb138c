-- attack: a secret is read a million times, then messages are built
-- expect: fuel; what was remembered once is not remembered again
for _ = 1, 1000000 do local _ = s.vault.password end
for i = 1, 20000 do note("note {i}", { i = i }) end
