-- attack: helpers of tls with long, nested and odd arguments
-- expect: unknown or error, never a crash
local odd = { 0, 1, 7, -1, 1 << 40, 1.5, true, {}, "", "TLS", "TLSv", "TLSv1.999", "TLSv99999999999999999999", ("TLS_"):rep(50000),
  ("-"):rep(100000), "*", "*.*", "*.", ".", ("*."):rep(60000), ("a."):rep(60000), ("a"):rep(250000), "xn--", "\0", "\xff",
  s, s.list, type }
local names = { tls.version, tls.name, tls.at_least, tls.is_weak, tls.classes, tls.covers }
for f = 1, #names do
  for i = 1, #odd do
    for j = 1, #odd do pcall(names[f], odd[i], odd[j]) end
    pcall(names[f], odd[i])
  end
end
error("over")
