-- 18.1.3 Protection of records
-- SPDX-License-Identifier: Apache-2.0

local MIN_YEARS = { tax = 10, contract = 6, log = 1 }

return {
  title      = { en = "Protection of records", ja = "記録の保護" },
  severity   = "low",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 18.1.3" },
  tags       = { "records" },

  rules = {
    {
      id    = "records-are-kept",
      title = { en = "Records are kept as long as the law asks", ja = "記録が法定期間保管されている" },
      fix   = { en = "Lengthen the retention.", ja = "保管期間を延長してください。" },
      check = function(s)
        for _, record in ipairs(s.records) do
          local kind, years = record.type, record.retention_y
          ensure(MIN_YEARS[kind] == nil or years >= MIN_YEARS[kind], record, "{kind}: kept {years} years",
            { kind = kind, years = years })
        end
      end,
    },
  },
}
