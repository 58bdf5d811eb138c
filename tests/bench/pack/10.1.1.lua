-- 10.1.1 Use of cryptographic controls
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Use of cryptographic controls", ja = "暗号による管理策" },
  severity   = "high",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 10.1.1" },
  tags       = { "cryptography" },

  rules = {
    {
      id    = "stores-are-encrypted",
      title = { en = "Data stores are encrypted with AES-256", ja = "データが AES-256 で暗号化されている" },
      fix   = { en = "Encrypt the data store with AES-256.", ja = "AES-256 で暗号化してください。" },
      check = function(s)
        for _, store in ipairs(s.datastores) do
          local cipher = store.cipher
          ensure(string.sub(cipher, 1, 7) == "AES-256", store, "cipher {cipher}", { cipher = cipher })
        end
      end,
    },
    {
      id    = "disks-are-encrypted",
      title = { en = "Disks of hosts are encrypted", ja = "ホストのディスクが暗号化されている" },
      fix   = { en = "Encrypt the disk.", ja = "ディスクを暗号化してください。" },
      check = function(s)
        for _, host in ipairs(s.hosts) do
          ensure(host.disk_enc, host, "disk is not encrypted")
        end
      end,
    },
  },
}
