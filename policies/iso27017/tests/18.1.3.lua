-- Tests of 18.1.3. The logs are those of 12.4.1. On IAD Domain Admins read the hosts' logs and Global
-- Administrators the rest; on CTX the role of readers (r-log-reader) reads most.

local ctx = "ctx/compliant.json"

local sources = "logging.sources"
local security = sources .. "[log-dc01-security]"
local activity = sources .. "[log-activity]"
local export = "logging.export"

local function storage(purpose, public)
  return { ["azure.storage_accounts"] = { id = "stlogsjpe", region = "japaneast", purpose = purpose,
    minimum_tls = "TLS1_2", https_only = true, public_blobs = public, public_network = false, shared_keys = false,
    replication = "lrs", paired_region = null } }
end

return {
  base = "iad/compliant.json",

  -- ---- R1: whose records ----
  { "a log of the provider's that shows another tenant's records",
    append = { [security .. ".tenant_scope"] = "tenant-b" },
    expect = { ["provider-records-own-tenant"] = "fail" },
    blame = "logging.sources[log-dc01-security].tenant_scope[tenant-b]" },
  { "a workspace of the customer's that several tenants share",
    append = { [sources .. "[log-entra-audit].tenant_scope"] = "tenant-b" },
    expect = { ["customer-records-own-tenant"] = "fail" },
    blame = "logging.sources[log-entra-audit].tenant_scope[tenant-b]" },
  { "a log that shows nothing but another tenant's records",
    set = { [security .. ".tenant_scope"] = { "tenant-b" } },
    expect = { ["provider-records-own-tenant"] = "fail" } },
  { "the tenant in another case of letters is the same", set = { [security .. ".tenant_scope"] = { "Minato-Seiki" } },
    expect = {} },
  { "whose records a log shows is not known", remove = { security .. ".tenant_scope" },
    expect = { ["provider-records-own-tenant"] = "unknown" },
    blame = "logging.sources[log-dc01-security].tenant_scope" },
  { "an empty scope says nothing", set = { [security .. ".tenant_scope"] = empty_list },
    expect = { ["provider-records-own-tenant"] = "unknown" } },
  { "a customer without logs of its own", set = { [sources .. "[log-entra-audit].party"] = "provider" },
    expect = { ["customer-records-own-tenant"] = "not_applicable" } },
  { "no log of the provider's was collected", base = ctx,
    set = { [activity .. ".party"] = "customer", [sources .. "[log-operator].party"] = "customer" },
    expect = { ["provider-records-own-tenant"] = "unknown", ["activity-log-kept"] = "unknown" } },
  { "the provider's statement was not collected", set = { attestations = empty_list },
    expect = { ["isolation-stated"] = "unknown" } },
  { "the provider's statement is about other clauses",
    set = { ["attestations[at-whitepaper].controls"] = { "18.1.1" } }, expect = { ["isolation-stated"] = "unknown" } },
  { "the provider's statement in another spelling",
    set = { ["attestations[at-whitepaper].controls"] = { "A.18.1.3" } }, expect = {} },
  { "the provider's statement expired yesterday", set = { ["attestations[at-whitepaper].expires"] = "2026-11-19" },
    expect = { ["isolation-stated"] = "fail" } },
  { "the provider's statement expires today", set = { ["attestations[at-whitepaper].expires"] = "2026-11-20" },
    expect = {} },
  { "a statement does not outweigh what was measured",
    append = { [security .. ".tenant_scope"] = "tenant-b" },
    expect = { ["provider-records-own-tenant"] = "fail" } },

  -- ---- R2: readers, writers ----
  { "a role that is not meant to read records",
    append = { [security .. ".readers"] = "r-portal-operator" },
    expect = { ["record-readers"] = "fail" }, blame = "logging.sources[log-dc01-security].readers" },
  { "a role that is named for it", params = { record_reader_roles = { "R-Portal-Operator" } },
    append = { [security .. ".readers"] = "r-portal-operator" }, expect = {} },
  { "a role for readers that nobody names", base = ctx, params = { record_reader_roles = { "Security Reader" } },
    expect = { ["record-readers"] = "fail", ["export-protected"] = "fail" } },
  { "a role that exists nowhere", append = { [security .. ".readers"] = "r-gone" },
    expect = { ["record-readers"] = "unknown" }, blame = "logging.sources[log-dc01-security].readers[r-gone]" },
  { "whether the role is privileged is not known", remove = { "identities.roles[r-domain-admins].privileged" },
    expect = { ["record-readers"] = "unknown" }, blame = "identities.roles[r-domain-admins].privileged" },
  { "who reads is not known", remove = { security .. ".readers" }, expect = { ["record-readers"] = "unknown" } },
  { "the roles were not collected", remove = { "identities" },
    expect = { ["record-readers"] = "unknown", ["record-writers"] = "unknown", ["export-protected"] = "unknown",
      ["provider-records-own-tenant"] = "pass" }, blame = "/identities" },
  { "a role reads and deletes",
    set = { [security .. ".writers"] = { "r-domain-admins" }, [security .. ".immutable"] = false },
    expect = { ["record-writers"] = "fail" }, blame = "logging.sources[log-dc01-security].immutable" },
  { "a role reads and deletes what is immutable until it expires",
    set = { [security .. ".writers"] = { "r-domain-admins" } }, expect = {} },
  { "one role reads, another deletes",
    set = { [security .. ".writers"] = { "r-global-admin" }, [security .. ".immutable"] = false }, expect = {} },
  { "who deletes is not known", remove = { security .. ".writers" }, expect = { ["record-writers"] = "unknown" },
    blame = "logging.sources[log-dc01-security].writers" },
  { "whether it is immutable is not known", remove = { security .. ".immutable" },
    expect = { ["record-writers"] = "unknown" }, blame = "logging.sources[log-dc01-security].immutable" },

  -- ---- R3: the same as in 12.4.1 ----
  { "30 days are too few", base = ctx, set = { [activity .. ".retention_days"] = 30 },
    expect = { ["activity-log-kept"] = "fail" }, blame = "logging.sources[log-activity].retention_days" },
  { "an activity log that is off", base = ctx, set = { [activity .. ".enabled"] = false },
    expect = { ["activity-log-kept"] = "fail" }, blame = "logging.sources[log-activity].enabled" },
  { "days without limit", base = ctx, set = { [activity .. ".retention_days"] = 0 }, expect = {} },
  { "a log that only its size limits", base = ctx, set = { [activity .. ".retention_days"] = null },
    expect = { ["activity-log-kept"] = "fail" } },
  { "days that are left out", base = ctx, remove = { activity .. ".retention_days" },
    expect = { ["activity-log-kept"] = "unknown" } },
  { "a size may cut the days, and no record is old enough to tell", base = ctx,
    set = { [activity .. ".max_size_mb"] = 512, [activity .. ".oldest_event_at"] = "2026-10-22T00:00:00+09:00" },
    expect = { ["activity-log-kept"] = "unknown" } },
  { "a security log that is switched off", set = { [security .. ".enabled"] = false },
    expect = { ["service-logs-kept"] = "fail" }, blame = "logging.sources[log-dc01-security].enabled" },
  { "a log that nobody collected", remove = { sources .. "[log-dc02-application]" },
    expect = { ["service-logs-kept"] = "unknown" } },
  { "the logs were not collected", remove = { "logging" }, expect = {
    ["provider-records-own-tenant"] = "unknown", ["customer-records-own-tenant"] = "unknown",
    ["record-readers"] = "unknown", ["record-writers"] = "unknown", ["service-logs-kept"] = "unknown",
    ["export-protected"] = "unknown" }, blame = "/logging" },

  -- ---- R4: the export ----
  { "an export that is not encrypted", set = { [export .. ".encrypted"] = false },
    expect = { ["export-protected"] = "fail" }, blame = "/logging/export/encrypted" },
  { "whether it is encrypted is not known", remove = { export .. ".encrypted" },
    expect = { ["export-protected"] = "unknown" }, blame = "/logging/export/encrypted" },
  { "an export that a role reads which is not meant to", append = { [export .. ".readers"] = "r-portal-operator" },
    expect = { ["export-protected"] = "fail" }, blame = "/logging/export/readers" },
  { "who reads the export is not known", remove = { export .. ".readers" },
    expect = { ["export-protected"] = "unknown" } },
  { "no export", set = { [export] = null }, expect = { ["export-protected"] = "not_applicable" } },
  { "the export was not looked at", remove = { export }, expect = { ["export-protected"] = "unknown" } },
  { "a container that anybody can read", base = ctx, append = storage("activity_log", true),
    expect = { ["export-protected"] = "fail" }, blame = "azure.storage_accounts[stlogsjpe].public_blobs" },
  { "a container that is closed", base = ctx, append = storage("event_logs", false), expect = {} },
  { "a container of something else is judged elsewhere", base = ctx, append = storage("settings", true), expect = {} },
  { "whether a container is open is not known", base = ctx, append = storage("operator_log", null),
    expect = { ["export-protected"] = "unknown" }, blame = "azure.storage_accounts[stlogsjpe].public_blobs" },

  -- ---- a tenant with both services ----
  { "a statement for each service: they count together", base = "both/compliant.json",
    set = { ["attestations[at-whitepaper].scope"] = { "iad" } },
    append = { attestations = {
      id = "at-of-ctx", controls = { "18.1.3" }, statement = "CTX について表明する",
      issuer = "株式会社クラウド基盤サービス", issuer_party = "provider", subject_party = "provider",
      scope = { "ctx" }, issued = "2026-04-01", reviewed_at = "2026-04-06T15:00:00+09:00",
      reviewer = "久保 明",
      evidence = { { uri = "docs/ctx.pdf", title = "CTX に関する説明書", language = "ja" } },
    } },
    expect = {} },
  { "a statement for one of the services only", base = "both/compliant.json",
    set = { ["attestations[at-whitepaper].scope"] = { "iad" } },
    expect = { ["isolation-stated"] = "unknown" }, blame = "attestations" },
}
