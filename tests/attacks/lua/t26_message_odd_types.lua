-- attack: messages and values of every type
-- expect: error or fail, never a crash
local odd = { 1, 1.5, true, {}, type, s, s.list, "", ("x"):rep(200000), "{", "}", "{}", "{a", "a}", "{{a}}", "{a}{b}" }
for i = 1, #odd do
  for j = 1, #odd do
    pcall(ensure, s.bad, nil, odd[i], odd[j])
    pcall(ensure, s.bad, s, { en = odd[i], ja = odd[j] }, { a = odd[i], b = { en = odd[j], ja = odd[i] } })
    pcall(note, odd[i], odd[j])
  end
end
error("over")
