-- 13.2.1 Information transfer policies
-- SPDX-License-Identifier: Apache-2.0

local days = use("days")
local sets = use("sets")

return {
  title      = { en = "Information transfer policies", ja = "情報転送の方針" },
  severity   = "high",
  owner      = "provider",
  references = { "ISO/IEC 27017:2015 13.2.1" },
  tags       = { "tls" },

  rules = {
    {
      id    = "endpoints-use-good-tls",
      title = {
        en = "Endpoints offer TLS 1.2 or newer, strong ciphers, HSTS and a certificate that lasts",
        ja = "エンドポイントが TLS 1.2 以上、強い暗号、HSTS、有効期間に余裕のある証明書を使っている",
      },
      fix   = {
        en = "Change the endpoint's settings, or renew its certificate.",
        ja = "エンドポイントの設定を変更するか、証明書を更新してください。",
      },
      check = function(s, _, as_of)
        local weak = sets.of(s.settings.weak_ciphers)
        for _, endpoint in ipairs(s.endpoints) do
          ensure(tls.at_least(endpoint.tls, "1.2"), endpoint, "TLS {version}", { version = endpoint.tls })
          for _, cipher in ipairs(endpoint.ciphers) do
            ensure(not weak[cipher], endpoint, "cipher {cipher}", { cipher = cipher })
          end
          ensure(endpoint.hsts, endpoint, "no HSTS")
          local expires = endpoint.cert_expires
          ensure(days.between(as_of, expires) >= 14, endpoint, "certificate expires {day}", { day = expires })
        end
      end,
    },
  },
}
