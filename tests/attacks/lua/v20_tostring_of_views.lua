-- attack: labels of the snapshot through tostring and format, millions of them
-- expect: fuel or memory, within bounds
while true do
  for _, e in ipairs(s.list) do
    local x = tostring(e) .. string.format("%s", e)
    if x == "" then return 1 end
  end
end
