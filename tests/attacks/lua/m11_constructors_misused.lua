-- attack: constructors are given each other, themselves, nothing, everything
-- expect: refused
local odd = { 1, true, "x", {}, record, list, text{}, list(text{}), boolean, { { "a" } }, { { 1, text{} } } }
local done = {}
for i = 1, 11 do
  done[#done + 1] = { "a" .. i, list(text{}, {}) }
  done[#done].en = odd[i]
end
return record(done)
