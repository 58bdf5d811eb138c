-- attack: a million findings
-- expect: fail or fuel, the findings cut
for i = 1, 1000000 do
  ensure(s.bad, s.portal, "finding {i}", { i = i })
end
