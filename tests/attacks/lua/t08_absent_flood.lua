-- attack: a million different names that are not there
-- expect: fuel or memory; each costs, or is counted
for i = 1, 1000000 do local _ = s["absent" .. i] end
