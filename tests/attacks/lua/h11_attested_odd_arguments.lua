-- attack: attested() with lists of anything, options of anything
-- expect: unknown or error, never a crash
local odd = { 0, true, {}, { 1 }, { {} }, { s }, { s.list }, { s.attestations }, s, s.list, s.numbers, s.mixed, s.empty, s.portal,
  s.attestations, "x", type }
local options = { 0, {}, { clause = "9.2.3" }, { clause = "9.2.3", party = "customer", service = "iad", zone = "Asia/Tokyo" },
  { clause = ("9"):rep(1000), party = "provider" }, { clause = "9.2.3", party = "customer", service = { "iad", "ctx", s, {} } },
  { clause = "9.2.3", party = "customer", service = s.list, as_of = "never" }, { [1] = 1 }, { [s] = 1 }, { claus = 1 },
  { clause = "9.2.3", party = "customer", service = "iad", as_of = as_of, zone = "Asia/Tokyo",
    max_age_days = math.maxinteger, min_evidence = math.maxinteger },
  { clause = "9.2.3", party = "customer", service = "iad", as_of = as_of, zone = "Mars/Olympus", max_age_days = -1 } }
for i = 1, #odd do
  for j = 1, #options do pcall(attested, odd[i], options[j]) end
  pcall(attested, odd[i])
end
error("over")
