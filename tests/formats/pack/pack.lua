-- A small pack whose reports, of every status, are kept whole in tests/golden.
-- SPDX-License-Identifier: Apache-2.0

return {
  id           = "formats",
  title        = { en = "A small pack", ja = "小さなポリシーパック" },
  edition      = "1",
  version      = "1.0",
  authors      = { "The policyeval authors" },
  tenant       = "/tenant",
  as_of        = "/as_of",
  service      = "/contract/service",
  services     = { "iad", "ctx" },
  options      = "/contract/options",
  option_names = { "admin_console" },
}
