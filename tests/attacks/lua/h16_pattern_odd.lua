-- attack: malformed patterns and replacements
-- expect: an error for each, never a read beyond the pattern
local odd = { "%", "[", "[^", "[a-", "[%", "(", ")", "((", "(()", "%b", "%bx", "%f", "%f[", "%1", "%9", "[]", "[]]", "[a-z", "^", "$", "^$",
  "%z", "\0", "[\0-\xff]", ("("):rep(40) .. (")"):rep(40), ("()"):rep(40), ("["):rep(1000), "%b()", "a**", "-", "*", "?", "+",
  ("(a"):rep(33), "%g(%1)", "(a%1)", "[%a-z]", "[z-a]" }
for i = 1, #odd do
  for _, subject in ipairs({ "", "a", "aaa", "\0\0", "(((", ("ab"):rep(1000) }) do
    pcall(string.find, subject, odd[i]) pcall(string.match, subject, odd[i], -1) pcall(string.gsub, subject, odd[i], "%1%0%9")
    pcall(string.gsub, subject, odd[i], "%") pcall(string.gsub, subject, odd[i], {}) pcall(string.gsub, subject, odd[i], type)
    pcall(function() for _ in string.gmatch(subject, odd[i]) do end end)
    pcall(string.find, subject, odd[i], math.mininteger) pcall(string.find, subject, odd[i], math.maxinteger, true)
  end
end
error("over")
