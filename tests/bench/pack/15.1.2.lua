-- 15.1.2 Security within supplier agreements
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Security within supplier agreements", ja = "供給者との合意におけるセキュリティ" },
  severity   = "medium",
  owner      = "provider",
  references = { "ISO/IEC 27017:2015 15.1.2" },
  tags       = { "suppliers" },

  rules = {
    {
      id    = "suppliers-are-bound",
      title = {
        en = "Suppliers have agreements and attestations in force",
        ja = "供給者との合意があり、証明書が有効である",
      },
      fix   = { en = "Renew the agreement or the attestation.", ja = "合意または証明書を更新してください。" },
      check = function(s, _, as_of)
        for _, supplier in ipairs(s.suppliers) do
          ensure(supplier.agreement, supplier, "no agreement")
          for _, attestation in ipairs(supplier.attestations) do
            local standard, expires = attestation.standard, attestation.expires
            ensure(time.is_before(as_of, expires), supplier, "{standard} expired {day}",
              { standard = standard, day = expires })
          end
        end
      end,
    },
  },
}
