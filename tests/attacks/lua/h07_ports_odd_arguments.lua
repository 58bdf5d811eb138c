-- attack: helpers of ports with long, nested, cyclic and odd arguments
-- expect: unknown or error, never a crash
local cyclic = {}
cyclic[1] = cyclic
local odd = { 0, -1, 65535, 65536, 1 << 40, 1.5, 0 / 0, true, {}, cyclic, { { 22 } }, { "22", 80, "90-80" }, "", "*", "-", "1-",
  "-1", "0-65535", "65535-0", "99999999999999999999", ("1,"):rep(100000), (","):rep(100000), ("0-65535,"):rep(30000), "\0",
  "\xff", "tcp", 6, 256, s, s.list, s.ports, type }
local names = { ports.contains, ports.subset, ports.overlap, ports.is_all, ports.difference, ports.text, ports.protocol_covers }
for f = 1, #names do
  for i = 1, #odd do
    for j = 1, #odd do pcall(names[f], odd[i], odd[j]) end
    pcall(names[f], odd[i])
  end
end
error("over")
