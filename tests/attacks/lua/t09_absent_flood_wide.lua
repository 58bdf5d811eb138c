-- attack: names that are not there, each almost one of 50,000 members
-- expect: looking for what was meant is bounded
for i = 1, 1000000 do local _ = s.wide["membr_" .. i] end
