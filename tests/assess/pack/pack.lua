-- A small pack whose reports are kept whole (tests/golden) and given to outside validators.

return {
  id           = "assess",
  title        = { en = "A small pack", ja = "小さなポリシーパック" },
  edition      = "1",
  version      = "1.0",
  authors      = { "policyeval" },
  tenant       = "/tenant",
  as_of        = "/as_of",
  service      = "/contract/service",
  services     = { "iad", "ctx" },
  options      = "/contract/options",
  option_names = { "admin_console" },
}
