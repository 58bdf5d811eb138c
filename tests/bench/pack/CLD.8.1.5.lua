-- CLD.8.1.5 Removal of cloud service customer assets
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Removal of cloud service customer assets", ja = "クラウドサービスカスタマの資産の除去" },
  severity   = "high",
  owner      = "provider",
  references = { "ISO/IEC 27017:2015 CLD.8.1.5" },
  tags       = { "termination" },

  rules = {
    {
      id    = "assets-are-deleted",
      title = {
        en = "What a former customer leaves is deleted in 30 days, with a certificate",
        ja = "解約後 30 日以内に資産が削除され、証明書が発行されている",
      },
      fix   = {
        en = "Delete what is left and issue the certificate.",
        ja = "残っている資産を削除し、削除証明書を発行してください。",
      },
      check = function(s)
        for _, former in ipairs(s.offboarding) do
          local customer, deleted = former.customer, former.deletion_days
          ensure(deleted <= 30, former, "{customer}: assets deleted after {deleted} days",
            { customer = customer, deleted = deleted })
          ensure(former.certificate, former, "{customer}: no deletion certificate", { customer = customer })
        end
      end,
    },
  },
}
