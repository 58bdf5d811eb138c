-- 10.1.2 Key management
-- SPDX-License-Identifier: Apache-2.0

local days = use("days")

local MIN_BITS = { aes = 256, rsa = 3072, ecdsa = 256 }

return {
  title      = { en = "Key management", ja = "鍵管理" },
  severity   = "high",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 10.1.2" },
  tags       = { "cryptography" },

  rules = {
    {
      id    = "keys-are-kept-well",
      title = {
        en = "Keys are long enough, rotated yearly and in an HSM",
        ja = "鍵が十分な長さで、毎年更新され、HSM で保管されている",
      },
      fix   = { en = "Make a new key in the HSM.", ja = "HSM 内で鍵を作り直してください。" },
      check = function(s, _, as_of)
        for _, key in ipairs(s.keys) do
          local needed = MIN_BITS[key.algo]
          ensure(needed == nil or key.bits >= needed, key, "{algorithm} with {bits} bits",
            { algorithm = key.algo, bits = key.bits })
          local rotated = key.rotated
          ensure(days.since(rotated, as_of) <= 365, key, "rotated {day}", { day = rotated })
          ensure(key.hsm, key, "not in an HSM")
        end
      end,
    },
  },
}
