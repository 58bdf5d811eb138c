-- Tests of doors.
-- SPDX-License-Identifier: Apache-2.0

return {
  base = "base.json",

  { "a door is open",
    set = { ["doors[back].locked"] = false },
    expect = { ["doors-locked"] = "fail" }, blame = "/doors/1/locked" },

  { "a test of last week",
    set = { ["doors[back].tested"] = "2026-11-13" },
    expect = {} },

  { "a test of the last day that is allowed",
    set = { ["doors[back].tested"] = "2026-10-22" },
    expect = {} },

  { "a guard who left long ago",
    set = { ["guard.left"] = "2026-10-31" },
    expect = { ["guard-there"] = "fail" } },

  -- Passes with this parameter only: no base has it.
  { "an alarm that is wanted, and on", params = { alarm = true }, expect = { ["alarm-on"] = "pass" } },
}
