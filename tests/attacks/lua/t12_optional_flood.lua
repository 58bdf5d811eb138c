-- attack: a thousand optional names, then the last of them a million times
-- expect: fuel; each question costs what it takes
for i = 1, 999 do has(s.portal, "optional" .. i) end
for _ = 1, 2000000 do has(s.portal, "optional998") end
