-- attack: helpers of text with long, odd and invalid arguments
-- expect: unknown or error, never a crash
local odd = { 0, 1.5, true, {}, "", " ", ("x"):rep(250000), ("\u{ff21}"):rep(80000), "\xff", "\0", "\xf0\x9f", "CLD", "CLD.",
  "CLD.9.5.1", "9.2.3.4.5.6.7.8.9", ("9."):rep(100000), ("9"):rep(100000), "A.99999999999999999999", s, s.list, type }
local names = { text.normalise, text.same, text.clause }
for f = 1, #names do
  for i = 1, #odd do
    for j = 1, #odd do pcall(names[f], odd[i], odd[j]) end
    pcall(names[f], odd[i])
  end
end
error("over")
