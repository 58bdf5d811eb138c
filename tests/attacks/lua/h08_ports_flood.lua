-- attack: sets of ports with every second port, again and again
-- expect: fuel or string
local all = {}
for i = 0, 65535, 2 do all[#all + 1] = i end
while true do
  ports.difference("*", all)
  ports.subset(all, all)
  ports.text(all)
end
