-- 12.2.1 Controls against malware
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Controls against malware", ja = "マルウェアに対する管理策" },
  severity   = "high",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 12.2.1" },
  tags       = { "host" },

  rules = {
    {
      id    = "signatures-are-new",
      title = { en = "Signatures are younger than a week", ja = "定義ファイルが 1 週間以内に更新されている" },
      fix   = { en = "Update the signatures.", ja = "定義ファイルを更新してください。" },
      check = function(s)
        for _, host in ipairs(s.hosts) do
          local age = host.sig_days
          ensure(age <= 7, host, "signatures are {age} days old", { age = age })
        end
      end,
    },
  },
}
