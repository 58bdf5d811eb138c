-- attack: attested() over a long list, again and again
-- expect: fuel or an error
while true do
  attested(s.many, { clause = "9.2.3", party = "customer", service = "iad", zone = "Asia/Tokyo" })
end
