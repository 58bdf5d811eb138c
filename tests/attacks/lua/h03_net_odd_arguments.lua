-- attack: helpers of net with arguments of every type, nested and cyclic
-- expect: unknown or error, never a crash
local cyclic = {}
cyclic[1] = cyclic
local odd = { 1, -1, 1.5, true, {}, { {} }, cyclic, { cyclic }, "", " ", "0", "::", "1.2.3.4/99", "1.2.3.4/-1", "/", "-", "*",
  "::ffff:1.2.3.4/96", "1.2.3.4-1.2.3.3", ("1"):rep(100000), ("1."):rep(50000), ("0:"):rep(50000), "fe80::1%eth0", "\0",
  "\xff", type, s, s.list, s.portal, s.cidrs, { "10.0.0.0/8", 3 }, { [2] = "x" }, { a = "x" } }
local names = { net.coverage, net.size, net.covers_internet, net.covers_family, net.overlap, net.subset, net.contains,
  net.kind, net.family, net.canonical, net.service, net.host_bits, net.classes, net.hygiene }
for f = 1, #names do
  for i = 1, #odd do
    for j = 1, #odd do pcall(names[f], odd[i], odd[j]) end
    pcall(names[f], odd[i], 4, "address")
    pcall(names[f], odd[i])
  end
  pcall(names[f])
end
error("over")
