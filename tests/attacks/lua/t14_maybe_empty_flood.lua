-- attack: maybe_empty() of 100,000 objects, which are then remembered one by one
-- expect: fuel; looking them up is bounded
for _, e in ipairs(s.many) do maybe_empty(e) end
for _, e in ipairs(s.many) do for _ in pairs(e) do break end end
