-- doors: every door is locked, and somebody is there
-- SPDX-License-Identifier: Apache-2.0

return {
  title = { en = "Doors", ja = "扉" },
  severity = "high",
  owner = "customer",
  references = { "none" },
  params = {
    max_age_days = { type = "integer", default = 30, unit = "days", doc = { en = "Age of a test", ja = "試験の期限" },
      source = "a test" },
    alarm = { type = "boolean", default = false, doc = { en = "Whether there must be an alarm", ja = "警報装置を求めるか" },
      source = "a test" },
  },
  rules = {
    {
      id = "doors-locked",
      title = { en = "Doors are locked", ja = "扉に鍵がかかっている" },
      fix = { en = "Lock it.", ja = "鍵をかけてください。" },
      check = function(s)
        for _, door in ipairs(s.doors) do
          ensure(door.locked, door, "it is open")
        end
      end,
    },
    {
      id = "locks-tested",
      title = { en = "Locks are tested", ja = "鍵を試験している" },
      fix = { en = "Test it.", ja = "試験してください。" },
      check = function(s, params, as_of)
        for _, door in ipairs(s.doors) do
          -- The hole: somebody forgot that a lock may be mechanical.
          ensure(door.lock ~= "", door, "it has no lock")
          if has(door, "tested") then
            local age = time.age(door.tested .. "T00:00:00Z", as_of)
            ensure(age <= params.max_age_days * 86400, door, "its test is old")
          end
        end
      end,
    },
    {
      id = "guard-there",
      title = { en = "The guard is there", ja = "警備員がいる" },
      fix = { en = "Call the guard.", ja = "警備員を呼んでください。" },
      check = function(s)
        -- No hole: the model does not allow null here, so the engine takes it for absent.
        local left = not is_null(s.guard, "left") and s.guard.left < "2026-11-01"
        ensure(not left, s.guard, "nobody is there")
      end,
    },
    {
      id = "alarm-on",
      title = { en = "The alarm is on", ja = "警報装置が作動している" },
      fix = { en = "Switch it on.", ja = "作動させてください。" },
      check = function(s, params)
        if not params.alarm then
          not_applicable("no alarm is wanted")
        end
        -- The hole: a lamp wakes nobody.
        ensure(s.alarm.kind ~= "", s.alarm, "it is of no kind")
        ensure(s.alarm.on, s.alarm, "it is off")
      end,
    },
  },
}
