-- attack: a million notes
-- expect: they are cut; the note changes nothing, memory stays bounded
for i = 1, 1000000 do note("note {i} " .. i, { i = i }) end
