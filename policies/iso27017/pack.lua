-- pack.lua: what this pack is, and where a snapshot says which tenant it describes
-- SPDX-License-Identifier: Apache-2.0

return {
  id = "iso27017",
  title = {
    en = "ISO/IEC 27017 for IAD and CTX tenants",
    ja = "ISO/IEC 27017（IAD・CTX テナント向け）",
  },
  edition = "ISO/IEC 27017:2015",
  version = "0.1.0",
  authors = { "The policyeval authors" },

  tenant = "/tenant/id",
  service = "/contract/service",
  options = "/contract/options",
  state = "/contract/state",
  as_of = "/as_of",
  zone = "/tenant/time_zone",

  -- Where a customer accepts what the provider's white papers state (claims.lua).
  claims = "/accepted_claims",

  -- A contract for both services says "both".
  services = { "iad", "ctx" },
  option_names = { "entra_connect", "two_site", "admin_console", "mfa_option" },

  -- trial: before the first paid day. active: in force, no end agreed. terminating: notice was
  -- given and the last day lies ahead. terminated: the last day is over, the clock of 90 days runs.
  states = { "trial", "active", "terminating", "terminated" },
}
