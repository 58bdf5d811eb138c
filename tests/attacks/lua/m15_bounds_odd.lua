-- attack: bounds that are nan, infinite, negative, the wrong way round
-- expect: refused, or nothing passes that the bounds forbid
return record{ { "ok", boolean }, { "tenant", text{ min = 0 / 0, max = -1 } },
  { "numbers", list(integer{ min = 2 / 0, max = -2 / 0 }, { min = 1e300 }) } }
