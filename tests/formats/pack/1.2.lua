-- 1.2 Backups
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Backups", ja = "バックアップ" },
  severity   = "medium",
  owner      = { iad = "provider", ctx = "customer" },
  references = { "An example 1.2" },

  rules = {
    {
      id    = "recent", ref = "R1",
      title = { en = "A backup is at most a week old", ja = "1週間以内のバックアップがある" },
      fix   = { en = "Take a backup.", ja = "バックアップを取得してください。" },
      check = function(s, _, as_of)
        ensure(time.age(s.backup.taken_at, as_of) <= 7 * 24 * 3600, s.backup)
      end,
    },
    {
      id    = "console", ref = "R2", when = { option = "admin_console" },
      title = { en = "The console is backed up too", ja = "管理コンソールもバックアップの対象である" },
      fix   = { en = "Back the console up.", ja = "管理コンソールをバックアップの対象にしてください。" },
      check = function(s) ensure(s.backup.console, s.backup) end,
    },
    {
      id    = "restore", severity = "low",
      title = { en = "Restoring was tried", ja = "復元試験を実施している" },
      check = function(s)
        if s.backup.restored == "by hand" then error("no policy for restoring by hand", 0) end
        ensure(s.backup.restored == "tried", s.backup)
      end,
    },
  },
}
