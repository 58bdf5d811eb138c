-- attack: millions of reads of the same values
-- expect: fuel
while true do
  for _, n in ipairs(s.numbers) do if n == -1 then return end end
end
