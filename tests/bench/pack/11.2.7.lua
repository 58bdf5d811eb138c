-- 11.2.7 Secure disposal or reuse of equipment
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Secure disposal or reuse of equipment", ja = "装置のセキュリティを保った処分又は再利用" },
  severity   = "medium",
  owner      = "provider",
  references = { "ISO/IEC 27017:2015 11.2.7" },
  tags       = { "equipment" },

  rules = {
    {
      id    = "disposals-are-certified",
      title = { en = "What was disposed of has a certificate", ja = "処分した媒体に証明書がある" },
      fix   = { en = "Get the certificate of the disposal.", ja = "処分の証明書を入手してください。" },
      check = function(s)
        for _, medium in ipairs(s.media) do
          local disposed = medium.state == "disposed"
          ensure(not disposed or medium.certificate ~= "", medium, "disposed without certificate")
        end
      end,
    },
  },
}
