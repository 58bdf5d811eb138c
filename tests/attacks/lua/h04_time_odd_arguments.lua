-- attack: helpers of time with extremes and every type
-- expect: unknown or error, never a crash
local odd = { 1, math.maxinteger, math.mininteger, 0 / 0, math.huge, true, {}, "", "0000-00-00", "9999-12-31", "0001-01-01",
  "9999-12-31T23:59:60Z", "-001-01-01", "2026-02-30", "2026-11-20T09:00:00+99:99", "2026-11-20T24:00:00Z", "P", "PT", "P1Y",
  "P99999999999999999999D", "-P1D", "99999999999999999999", "90.00:00:00", "-9223372036854775808", "/Date(1)/",
  "/Date(9223372036854775807)/", "/Date(-9223372036854775808)/", "/Date()/", ("9"):rep(100000), ("P1D"):rep(30000), "Z",
  "+09:00", "Asia/Tokyo", "../../etc/passwd", "/etc/localtime", "UTC\0", "\xff", as_of, s, s.list, type }
local names = { time.seconds, time.age, time.age_days, time.since, time.is_before, time.day, time.date, time.add_days,
  time.start_of_day, time.end_of_day, time.days_between, time.duration, time.export }
for f = 1, #names do
  for i = 1, #odd do
    for j = 1, #odd do pcall(names[f], odd[i], odd[j], "Asia/Tokyo") end
    pcall(names[f], odd[i])
    pcall(names[f], as_of, as_of, odd[i])
  end
end
error("over")
