-- 12.3.1 Information backup
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Information backup", ja = "情報のバックアップ" },
  severity   = "high",
  owner      = "customer",
  references = { "ISO/IEC 27017:2015 12.3.1" },
  tags       = { "backup" },

  rules = {
    {
      id    = "stores-are-backed-up",
      title = {
        en = "Data stores are backed up daily, for 30 days, elsewhere",
        ja = "データが毎日、別の場所に、30 日以上バックアップされている",
      },
      fix   = { en = "Set the backup up so.", ja = "バックアップを設定してください。" },
      check = function(s)
        for _, store in ipairs(s.datastores) do
          local backup = store.backup
          ensure(backup.enabled, store, "no backup")
          ensure(backup.interval_h <= 24, store, "backup every {hours} h", { hours = backup.interval_h })
          ensure(backup.retention_d >= 30, store, "backup kept {kept} days", { kept = backup.retention_d })
          ensure(backup.location ~= store.location, store, "backup is at the primary location")
        end
      end,
    },
  },
}
