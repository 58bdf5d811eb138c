-- Tests of 18.1.5. The rules about TLS are those of 10.1.1 (lib/encryption.lua), whose tests name
-- all their edges; here each is met once, with the change and the place that 10.1.1 has too.

local ctx = "ctx/compliant.json"

local web = "portals.customer_portal.access_paths[web].endpoint"
local result = web .. ".tls.results[1]"
local console = "portals.admin_console.endpoint.tls.results[1]"
local at_result = "/portals/customer_portal/access_paths/0/endpoint/tls/results/0"
local at_console = "/portals/admin_console/endpoint/tls/results/0"
local paper = "attestations[at-whitepaper]"
local law = "attestations[at-crypto-law]"

local whole_portal = { ["portal-tls-versions"] = "unknown", ["portal-ciphers"] = "unknown",
  ["portal-certificate"] = "unknown", ["portal-no-cleartext"] = "unknown" }
local whole_console = { ["console-tls-versions"] = "unknown", ["console-ciphers"] = "unknown",
  ["console-certificate"] = "unknown", ["console-no-cleartext"] = "unknown" }

local function with_scans(expect)
  expect["tls-scans-current"] = "unknown"
  return expect
end

local listed = {
  id = "at-listed", controls = { "18.1.5" }, statement = "輸出規制対象の暗号を使用している", issuer = "A",
  issuer_party = "provider", subject_party = "provider", scope = { "ctx" }, issued = "2026-06-01",
  reviewed_at = "2026-06-02T09:00:00+09:00", reviewer = "B",
  evidence = { { uri = "https://docs.example.jp/ctx/crypto.pdf", title = "C" } }, export_control = "listed",
}

-- An older answer: issued, and confirmed by the customer, at these times.
local function older(issued, reviewed_at)
  local copy = {}
  for key, value in pairs(listed) do
    copy[key] = value
  end
  copy.issued, copy.reviewed_at = issued, reviewed_at
  return copy
end

local no_export = { ["no-export-controlled"] = "fail" }
local export_unknown = { ["no-export-controlled"] = "unknown" }
local checked_fails = { ["users-abroad-checked"] = "fail" }

return {
  base = "iad/compliant.json",

  -- ---- R1: the rules of 10.1.1 ----
  { "SSL/TLS satisfied by SSLv3 alone must fail",
    set = { [result .. ".protocols"] = { ssl2 = false, ssl3 = true, tls1_0 = false, tls1_1 = false, tls1_2 = false,
      tls1_3 = false } },
    expect = { ["portal-tls-versions"] = "fail" }, blame = at_result .. "/protocols/ssl3" },
  { "TLS 1.0 beside TLS 1.3 fails here as it does in 10.1.1", set = { [result .. ".protocols.tls1_0"] = true },
    expect = { ["portal-tls-versions"] = "fail" }, blame = at_result .. "/protocols/tls1_0" },
  { "a version that nobody tested", remove = { result .. ".protocols.ssl2" },
    expect = { ["portal-tls-versions"] = "unknown" }, blame = at_result .. "/protocols/ssl2" },
  { "TLS 1.3 alone is enough", set = { [result .. ".protocols.tls1_2"] = false }, expect = {} },
  { "3DES on the portal", append = { [result .. ".ciphers"] = "DES-CBC3-SHA" },
    expect = { ["portal-ciphers"] = "fail" }, blame = at_result .. "/ciphers/2" },
  { "a cipher suite that is not known", append = { [result .. ".ciphers"] = "TLS_FUTURE_512" },
    expect = { ["portal-ciphers"] = "unknown" } },
  { "the tenant forbids CBC as well", params = { forbidden_ciphers = { "cbc" } },
    append = { [result .. ".ciphers"] = "ECDHE-RSA-AES128-SHA" }, expect = { ["portal-ciphers"] = "fail" } },
  { "an expired certificate", set = { [result .. ".certificate.not_after"] = "2026-11-19T23:59:59Z" },
    expect = { ["portal-certificate"] = "fail" }, blame = at_result .. "/certificate/not_after" },
  { "a certificate of which nobody knows whether it is revoked", remove = { result .. ".certificate.revoked" },
    expect = { ["portal-certificate"] = "unknown" }, blame = at_result .. "/certificate/revoked" },
  { "content on port 80", set = { [result .. ".http"] = { { port = 80, behaviour = "content" } } },
    expect = { ["portal-no-cleartext"] = "fail" }, blame = at_result .. "/http/0/behaviour" },
  { "a port that users open without TLS was not probed", set = { [web .. ".url"] = "http://portal.example.jp:8080/" },
    expect = { ["portal-no-cleartext"] = "unknown" } },
  { "port 80 was not probed", remove = { result .. ".http" }, expect = { ["portal-no-cleartext"] = "unknown" } },
  { "the portal was not scanned", remove = { web .. ".tls" }, expect = with_scans(whole_portal) },
  { "the console has TLS 1.1", set = { [console .. ".protocols.tls1_1"] = true },
    expect = { ["console-tls-versions"] = "fail" }, blame = at_console .. "/protocols/tls1_1" },
  { "the console has RC4", append = { [console .. ".ciphers"] = "RC4-SHA" },
    expect = { ["console-ciphers"] = "fail" } },
  { "the console's certificate is self-signed", set = { [console .. ".certificate.issuer_kind"] = "self_signed" },
    expect = { ["console-certificate"] = "fail" }, blame = at_console .. "/certificate/issuer_kind" },
  { "the console serves content on port 80", set = { [console .. ".http"] = { { port = 80, behaviour = "content" } } },
    expect = { ["console-no-cleartext"] = "fail" } },
  { "the console could not be reached", set = { [console .. ".state"] = "unreachable" }, expect = whole_console },
  { "the console was not collected, though it is contracted", remove = { "portals.admin_console" },
    params = { permitted_algorithms = { "JP=*" } },
    expect = { ["console-tls-versions"] = "unknown", ["console-ciphers"] = "unknown",
      ["console-certificate"] = "unknown", ["console-no-cleartext"] = "unknown", ["tls-scans-current"] = "unknown",
      ["permitted-algorithms"] = "unknown" }, blame = "/portals/admin_console" },
  { "without the option there is no console", set = { ["contract.options"] = { "two_site" } },
    remove = { "portals.admin_console", "identities.sync" },
    expect = { ["console-tls-versions"] = "not_applicable", ["console-ciphers"] = "not_applicable",
      ["console-certificate"] = "not_applicable", ["console-no-cleartext"] = "not_applicable" } },
  { "a scan of exactly 30 days", set = { [web .. ".tls.scanned_at"] = "2026-10-21T00:00:00+09:00" }, expect = {} },
  { "a scan of 31 days, written in UTC", set = { [web .. ".tls.scanned_at"] = "2026-10-20T14:59:59Z" },
    expect = { ["tls-scans-current"] = "fail" },
    blame = web .. ".tls.scanned_at" },
  { "a scan without a time", remove = { web .. ".tls.scanned_at" }, expect = { ["tls-scans-current"] = "unknown" } },
  { "the workspace is a matter of 10.1.1 alone", base = ctx,
    set = { ["portals.workspace.endpoint.tls.results[1].protocols.tls1_0"] = true }, expect = {} },

  -- ---- R2: export control ----
  { "CTX: the provider lists cryptography under export control", base = ctx,
    set = { [paper .. ".export_control"] = "listed" }, expect = no_export,
    blame = paper .. ".export_control" },
  { "CTX: the statement does not speak of export control", base = ctx, remove = { paper .. ".export_control" },
    expect = export_unknown, blame = paper .. ".export_control" },
  { "CTX: a word that the model does not know", base = ctx, set = { [paper .. ".export_control"] = "なし" },
    expect = export_unknown, blame = paper .. ".export_control" },
  { "CTX: null is no answer", base = ctx, set = { [paper .. ".export_control"] = null }, expect = export_unknown },
  { "CTX: statements were not collected", base = ctx, remove = { "attestations" },
    expect = { ["no-export-controlled"] = "unknown", ["users-abroad-checked"] = "unknown" }, blame = "/attestations" },
  { "CTX: there are no statements at all", base = ctx, set = { attestations = empty_list },
    expect = { ["no-export-controlled"] = "unknown", ["users-abroad-checked"] = "fail" } },
  { "CTX: the clause in the paper's own spelling", base = ctx,
    set = { [paper .. ".controls"] = { "A.18.1.5" } }, expect = {} },
  { "CTX: the statement is for another clause", base = ctx, set = { [paper .. ".controls"] = { "18.1.3" } },
    expect = export_unknown },
  { "CTX: the statement is for the other service", base = ctx, set = { [paper .. ".scope"] = { "iad" } },
    expect = export_unknown, blame = "attestations" },
  { "CTX: the customer cannot say it for the provider", base = ctx, set = { [paper .. ".issuer_party"] = "customer" },
    expect = no_export, blame = paper .. ".issuer_party" },
  { "CTX: last confirmed 365 days ago", base = ctx,
    set = { [paper .. ".reviewed_at"] = "2025-11-20T00:00:00+09:00" }, expect = {} },
  { "CTX: last confirmed 366 days ago, written in UTC", base = ctx,
    set = { [paper .. ".reviewed_at"] = "2025-11-19T14:59:59Z" }, expect = no_export,
    blame = paper .. ".reviewed_at" },
  { "CTX: how long it holds is a parameter", base = ctx, params = { attestation_max_age_days = 30 },
    expect = { ["no-export-controlled"] = "fail", ["users-abroad-checked"] = "fail" } },
  { "CTX: it expires today", base = ctx, set = { [paper .. ".expires"] = "2026-11-20" }, expect = {} },
  { "CTX: it expired yesterday", base = ctx, set = { [paper .. ".expires"] = "2026-11-19" }, expect = no_export,
    blame = paper .. ".expires" },
  { "CTX: no evidence", base = ctx, set = { [paper .. ".evidence"] = empty_list }, expect = no_export },
  { "CTX: a second statement admits it, and weighs more", base = ctx, append = { attestations = listed },
    expect = no_export },
  { "CTX: one that is no longer confirmed weighs nothing", base = ctx,
    append = { attestations = older("2024-06-01", "2024-06-02T09:00:00+09:00") }, expect = {} },
  { "IAD is silent on export control: whatever is stated there is not judged",
    set = { [paper .. ".export_control"] = "listed" }, expect = {} },

  -- ---- R3: algorithms by country ----
  { "a suite that is permitted where the users sit",
    params = { permitted_algorithms = { "JP=*" } }, expect = { ["permitted-algorithms"] = "pass" } },
  { "suites by name, in another case and in full width",
    params = { permitted_algorithms = { "jp=tls_aes_256_gcm_sha384", "JP=ＥＣＤＨＥ-RSA-AES256-GCM-SHA384" } },
    expect = { ["permitted-algorithms"] = "pass" } },
  { "a suite that is not permitted", params = { permitted_algorithms = { "JP=TLS_AES_256_GCM_SHA384" } },
    append = { [result .. ".ciphers"] = "TLS_CHACHA20_POLY1305_SHA256" },
    expect = { ["permitted-algorithms"] = "fail" } },
  { "CTX: users abroad open the workspace", base = ctx, params = { permitted_algorithms = { "US=*" } },
    expect = { ["permitted-algorithms"] = "pass" } },
  { "CTX: a suite of the workspace that is not permitted", base = ctx,
    params = { permitted_algorithms = { "US=TLS_AES_256_GCM_SHA384", "US=ECDHE-RSA-AES256-GCM-SHA384" } },
    append = { ["portals.workspace.endpoint.tls.results[1].ciphers"] = "TLS_CHACHA20_POLY1305_SHA256" },
    expect = { ["permitted-algorithms"] = "fail" },
    blame = "portals.workspace.endpoint.tls.results[1].ciphers[TLS_CHACHA20_POLY1305_SHA256]" },
  { "CTX: a suite of a gateway that is not permitted", base = ctx,
    params = { permitted_algorithms = { "US=TLS_AES_256_GCM_SHA384", "US=ECDHE-RSA-AES256-GCM-SHA384" } },
    append = { ["portals.screen_transfer.paths[st-gateway].endpoint.tls.results[1].ciphers"] = "AES128-SHA" },
    expect = { ["permitted-algorithms"] = "fail" } },
  { "CTX: the workspace was not scanned", base = ctx, params = { permitted_algorithms = { "US=*" } },
    remove = { "portals.workspace.endpoint.tls" }, expect = { ["permitted-algorithms"] = "unknown" } },
  { "a country without users does not count", params = { permitted_algorithms = { "CN=TLS_SM4_GCM_SM3" } },
    expect = {} },
  { "nobody knows where the users sit", params = { permitted_algorithms = { "JP=*" } },
    remove = { "contract.user_countries" },
    expect = { ["permitted-algorithms"] = "unknown", ["users-abroad-checked"] = "unknown" },
    blame = "/contract/user_countries" },
  { "a scan without its cipher suites", params = { permitted_algorithms = { "JP=*" } },
    remove = { result .. ".ciphers" },
    expect = { ["permitted-algorithms"] = "unknown", ["portal-ciphers"] = "unknown" } },
  { "a parameter that cannot be understood", params = { permitted_algorithms = { "AES" } },
    expect = { ["permitted-algorithms"] = "error" } },

  -- ---- users abroad ----
  { "users abroad, and nobody looked the law up", base = ctx, set = { [law .. ".controls"] = { "18.1.1" } },
    expect = checked_fails, blame = "/attestations" },
  { "a travelling user's country counts once it is listed", set = { ["contract.user_countries"] = { "JP", "CN" } },
    expect = checked_fails },
  { "the provider cannot look it up for the customer", base = ctx, set = { [law .. ".subject_party"] = "provider" },
    expect = checked_fails },
  { "a country in small letters is none", base = ctx, set = { ["contract.user_countries"] = { "us" } },
    expect = { ["users-abroad-checked"] = "unknown" }, blame = "contract.user_countries[us]" },
  { "no country at all is no answer", set = { ["contract.user_countries"] = empty_list },
    expect = { ["users-abroad-checked"] = "unknown" }, blame = "/contract/user_countries" },
  { "all users at home", base = ctx, set = { ["contract.user_countries"] = { "JP" } },
    expect = { ["users-abroad-checked"] = "not_applicable" } },
}
