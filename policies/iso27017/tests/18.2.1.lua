-- Tests of 18.2.1. Both bases have the ISMS certificate (at-iso27001, /attestations/4, valid to 31
-- August 2028, surveillance due a year before) and the Privacy Mark (at-privacy, /attestations/5,
-- valid to 30 June 2027).

local ctx = "ctx/compliant.json"

local isms = "attestations[at-iso27001]"
local mark = "attestations[at-privacy]"

-- What rests on the ISMS certificate's statement.
local function isms_rules(status)
  return {
    ["isms-certificate"] = status, ["isms-edition"] = status, ["isms-scope"] = status, ["surveillance"] = status,
    ["independent-body"] = status,
  }
end

local function mark_rules(status)
  return { ["privacy-mark"] = status, ["independent-body"] = status }
end

local no_isms, no_mark = isms_rules("unknown"), mark_rules("unknown")
local isms_failed, mark_failed = isms_rules("fail"), mark_rules("fail")
local expired = { ["isms-certificate"] = "fail" }
local mark_expired = { ["privacy-mark"] = "fail" }
local out_of_scope = { ["isms-scope"] = "fail" }
local overdue = { ["surveillance"] = "fail" }

local function certificate(scheme, issued, expires, more)
  local made = { scheme = scheme, edition = "ISO/IEC 27001:2022", number = "1", body = "認証機関C", scope = "全社",
    state = "valid", issued = issued, expires = expires, surveillance_due = "2027-01-31" }
  for i = 1, #more, 2 do
    made[more[i]] = more[i + 1]
  end
  return made
end

-- Another statement of a certificate.
local function statement(of, more)
  local made = {
    id = "at-renewal", controls = { "18.2.1" }, statement = "x", issuer = "株式会社クラウド基盤サービス",
    issuer_party = "provider", subject_party = "provider", scope = { "*" }, issued = "2026-01-10",
    reviewed_at = "2026-04-10T09:00:00+09:00", reviewer = "x",
    evidence = { { uri = "https://docs.example.jp/cert/renewal.pdf", title = "x" } }, certificate = of,
  }
  for i = 1, #more, 2 do
    made[more[i]] = more[i + 1]
  end
  return { attestations = made }
end

return {
  base = "iad/compliant.json",

  -- the statement
  { "no ISMS certificate is stated",
    remove = { isms }, expect = no_isms, blame = "attestations" },
  { "no Privacy Mark is stated", base = ctx,
    remove = { mark }, expect = no_mark, blame = "attestations" },
  { "statements that were not collected are unknown",
    remove = { "attestations" },
    expect = {
      ["isms-certificate"] = "unknown", ["isms-edition"] = "unknown", ["isms-scope"] = "unknown",
      ["surveillance"] = "unknown", ["independent-body"] = "unknown", ["privacy-mark"] = "unknown",
    }, blame = "/attestations" },
  { "a statement for the other service does not count",
    set = { [isms .. ".scope"] = { "ctx" } }, expect = no_isms },
  { "a statement that was confirmed 365 days ago",
    set = { [isms .. ".reviewed_at"] = "2025-11-19T15:00:00Z" }, expect = {} },
  { "a statement that was confirmed 366 days ago, though the certificate is valid",
    set = { [isms .. ".reviewed_at"] = "2025-11-19T14:59:59Z" },
    expect = isms_failed, blame = isms .. ".reviewed_at" },
  { "a statement that expires today",
    set = { [mark .. ".expires"] = "2026-11-20", as_of = "2026-11-20T23:59:59+09:00" }, expect = {} },
  { "a statement that expired yesterday",
    set = { [mark .. ".expires"] = "2026-11-20", as_of = "2026-11-21T00:00:00+09:00" },
    expect = mark_failed, blame = mark .. ".expires" },
  { "the customer cannot vouch for the certificate",
    set = { [mark .. ".issuer_party"] = "customer" }, expect = mark_failed, blame = mark .. ".issuer_party" },
  { "its body can",
    set = { [isms .. ".issuer_party"] = "third_party", [isms .. ".issuer"] = "認証機関A" }, expect = {} },
  { "the clause in another spelling",
    set = { [isms .. ".controls"] = { "27017:18.2.1" } }, expect = {} },
  { "which certificate it is is not known",
    remove = { isms .. ".certificate.scheme" },
    expect = {
      ["isms-certificate"] = "unknown", ["isms-edition"] = "unknown", ["isms-scope"] = "unknown",
      ["surveillance"] = "unknown", ["independent-body"] = "unknown", ["privacy-mark"] = "unknown",
    }, blame = isms .. ".certificate.scheme" },

  -- R1: the ISMS certificate
  { "a certificate that expires today",
    set = { [isms .. ".certificate.expires"] = "2026-11-20", as_of = "2026-11-20T14:59:59Z" }, expect = {} },
  { "a certificate that expired by one day",
    set = { [isms .. ".certificate.expires"] = "2026-11-20", as_of = "2026-11-20T15:00:00Z" },
    expect = expired, blame = isms .. ".certificate.expires" },
  { "a certificate that expired by one day, with a day of grace",
    set = { [isms .. ".certificate.expires"] = "2026-11-19" }, params = { grace_days = 1 }, expect = {} },
  { "a certificate that expired by two days, with a day of grace", base = ctx,
    set = { [isms .. ".certificate.expires"] = "2026-11-18" }, params = { grace_days = 1 }, expect = expired },
  { "a certificate that is suspended",
    set = { [isms .. ".certificate.state"] = "suspended" },
    expect = expired, blame = isms .. ".certificate.state" },
  { "a certificate that was withdrawn",
    set = { [isms .. ".certificate.state"] = "withdrawn" },
    expect = expired, blame = isms .. ".certificate.state" },
  { "a certificate from today",
    set = { [isms .. ".certificate.issued"] = "2026-11-20", as_of = "2026-11-19T15:00:00Z" }, expect = {} },
  { "a certificate from tomorrow",
    set = { [isms .. ".certificate.issued"] = "2026-11-20", as_of = "2026-11-19T14:59:59Z" },
    expect = expired, blame = isms .. ".certificate.issued" },
  { "when it ends is not known",
    remove = { isms .. ".certificate.expires" }, expect = { ["isms-certificate"] = "unknown" },
    blame = isms .. ".certificate.expires" },
  { "its state is not known",
    set = { [isms .. ".certificate.state"] = null }, expect = { ["isms-certificate"] = "unknown" },
    blame = isms .. ".certificate.state" },
  { "a renewal with an overlapping period counts once the old one has expired",
    set = { [isms .. ".certificate.expires"] = "2026-10-31" },
    append = statement(certificate("ISO27001", "2026-10-01", "2029-09-30", {}), {}), expect = {} },
  { "a renewal that begins only when the old one ends takes nothing from it",
    append = statement(certificate("ISO27001", "2028-09-01", "2031-08-31", { "scope", "X" }), {}), expect = {} },
  { "a suspended certificate beside a valid one",
    set = { [isms .. ".certificate.state"] = "suspended" },
    append = statement(certificate("ISO27001", "2026-10-01", "2027-09-30", {}), {}), expect = {} },
  { "a suspended certificate that would be valid longer",
    append = statement(certificate("ISO27001", "2026-10-01", "2029-09-30", { "state", "suspended" }), {}),
    expect = {} },
  { "a renewal of which the statement expired does not count",
    set = { [isms .. ".certificate.expires"] = "2026-10-31" },
    append = statement(certificate("ISO27001", "2026-10-01", "2029-09-30", {}), { "expires", "2026-11-19" }),
    expect = expired, blame = isms .. ".certificate.expires" },
  { "a certificate whose statement was replaced is gone, also by one of another scheme",
    append = statement(certificate("ISO27017", "2026-10-01", "2029-09-30", {}), { "supersedes", "at-iso27001" }),
    expect = isms_failed, blame = "attestations[at-renewal].certificate.scheme" },
  { "what it replaces cannot be read: it may be the certificate",
    append = statement(nil, { "supersedes", { "at-iso27001" } }),
    expect = {
      ["isms-certificate"] = "unknown", ["isms-edition"] = "unknown", ["isms-scope"] = "unknown",
      ["surveillance"] = "unknown", ["independent-body"] = "unknown", ["privacy-mark"] = "unknown",
    }, blame = "attestations[at-renewal].supersedes" },
  { "what replaces it may have no certificate at all",
    append = statement(nil, { "supersedes", "at-iso27001" }), expect = no_isms,
    blame = "attestations[at-renewal].certificate" },

  -- R1: the edition
  { "certificates for the edition of 2013 counted until 31 October 2025",
    set = { [isms .. ".certificate.edition"] = "ISO/IEC 27001:2013", as_of = "2025-10-31T23:59:59+09:00",
      [isms .. ".reviewed_at"] = "2025-10-01T09:00:00+09:00", [mark .. ".reviewed_at"] = "2025-10-01T09:00:00+09:00" },
    expect = {} },
  { "and not the day after",
    set = { [isms .. ".certificate.edition"] = "ISO/IEC 27001:2013", as_of = "2025-10-31T15:00:00Z",
      [isms .. ".reviewed_at"] = "2025-10-01T09:00:00+09:00", [mark .. ".reviewed_at"] = "2025-10-01T09:00:00+09:00" },
    expect = { ["isms-edition"] = "fail" }, blame = isms .. ".certificate.edition" },
  { "the edition of 2022 with its amendment", base = ctx,
    set = { [isms .. ".certificate.edition"] = "ISO/IEC 27001:2022/Amd 1:2024" }, expect = {} },
  { "its translation, in full width",
    set = { [isms .. ".certificate.edition"] = "ＪＩＳ Ｑ ２７００１：２０２３" }, expect = {} },
  { "the translation of the edition before",
    set = { [isms .. ".certificate.edition"] = "JIS Q 27001:2014" }, expect = { ["isms-edition"] = "fail" } },
  { "which edition it is for is not known",
    remove = { isms .. ".certificate.edition" }, expect = { ["isms-edition"] = "unknown" },
    blame = isms .. ".certificate.edition" },

  -- R2: the Privacy Mark
  { "a mark that expires today",
    set = { [mark .. ".certificate.expires"] = "2026-11-20", as_of = "2026-11-20T23:59:59+09:00" }, expect = {} },
  { "a mark that expired by one day",
    set = { [mark .. ".certificate.expires"] = "2026-11-20", as_of = "2026-11-21T00:00:00+09:00" },
    expect = mark_expired, blame = mark .. ".certificate.expires" },
  { "a mark that expired by one day", base = ctx,
    set = { [mark .. ".certificate.expires"] = "2026-11-19" },
    expect = mark_expired, blame = mark .. ".certificate.expires" },
  { "a mark that was withdrawn",
    set = { [mark .. ".certificate.state"] = "withdrawn" },
    expect = mark_expired, blame = mark .. ".certificate.state" },
  { "when the mark ends is not known",
    set = { [mark .. ".certificate.expires"] = null }, expect = { ["privacy-mark"] = "unknown" },
    blame = mark .. ".certificate.expires" },
  { "a tenant may do without the mark",
    remove = { mark }, params = { required_schemes = { "ISO27001" } },
    expect = { ["privacy-mark"] = "not_applicable" } },
  { "or without the ISMS",
    remove = { isms }, params = { required_schemes = { "PrivacyMark" } },
    expect = {
      ["isms-certificate"] = "not_applicable", ["isms-edition"] = "not_applicable", ["isms-scope"] = "not_applicable",
      ["surveillance"] = "not_applicable",
    } },

  -- R3: scope
  { "a scope of another company of the group",
    set = { [isms .. ".certificate.scope"] = "データセンターの設備運用" },
    expect = out_of_scope, blame = isms .. ".certificate.scope" },
  { "a scope that names the other service only", base = ctx,
    set = { [isms .. ".certificate.scope"] = "クラウドサービス（IAD）の運用" }, expect = out_of_scope },
  { "a scope that names the service in full width and lower case",
    set = { [isms .. ".certificate.scope"] = "クラウドサービス（ｉａｄ）の運用" }, expect = {} },
  { "a scope in which the letters happen to stand",
    set = { [isms .. ".certificate.scope"] = "Triad Services" }, expect = out_of_scope },
  { "a scope of the whole company", base = ctx,
    set = { [isms .. ".certificate.scope"] = "全社" }, expect = {} },
  { "the division that runs the service may be named",
    set = { [isms .. ".certificate.scope"] = "クラウド本部" }, params = { scope_names_iad = { "クラウド 本部" } },
    expect = {} },
  { "a scope in English, where spaces part the words",
    set = { [isms .. ".certificate.scope"] = "Development and operation of IAD services" }, expect = {} },
  { "letters that stand together only without the spaces",
    set = { [isms .. ".certificate.scope"] = "Hawaii ad agency, tri ad" }, expect = out_of_scope },
  { "the name of the service with spaces where the parameter has none",
    set = { [isms .. ".certificate.scope"] = "IIJ ディレクトリサービスfor Microsoft の運用" }, expect = {} },
  { "a certificate of another division that is valid longer hides none that names the service",
    append = statement(certificate("ISO27001", "2025-10-01", "2029-09-30", { "scope", "データセンターの設備運用" }), {}),
    expect = {} },
  { "and stands in for none of its audits",
    set = { [isms .. ".certificate.surveillance_due"] = "2026-11-19" },
    append = statement(certificate("ISO27001", "2025-10-01", "2029-09-30", { "scope", "データセンターの設備運用" }), {}),
    expect = overdue, blame = isms .. ".certificate.surveillance_due" },
  { "of both services, each has the certificate of its own division", base = "both/compliant.json",
    set = { [isms .. ".certificate.scope"] = "IAD の運用" },
    append = statement(certificate("ISO27001", "2025-10-01", "2029-09-30", { "scope", "CTX の運用" }), {}),
    expect = {} },
  { "one of another division is none for the service that lost its own",
    set = { [isms .. ".certificate.expires"] = "2026-11-19" },
    append = statement(certificate("ISO27001", "2025-10-01", "2029-09-30", { "scope", "データセンターの設備運用" }), {}),
    expect = out_of_scope, blame = "attestations[at-renewal].certificate.scope" },
  { "the scope is not known",
    remove = { isms .. ".certificate.scope" }, expect = { ["isms-scope"] = "unknown" },
    blame = isms .. ".certificate.scope" },
  { "with both services the scope must name both",
    set = { ["contract.service"] = "both", [isms .. ".scope"] = { "*" }, [mark .. ".scope"] = { "iad", "ctx" },
      [isms .. ".certificate.scope"] = "IAD の運用" },
    expect = out_of_scope, blame = isms .. ".certificate.scope" },

  -- R4: others
  { "ISO/IEC 27017 may be required",
    params = { required_schemes = { "ISO27001", "PrivacyMark", "ISO27017" } },
    append = statement(certificate("ISO27017", "2026-01-10", "2029-01-09", {}), {}),
    expect = { ["other-certificates"] = "pass" } },
  { "and may have expired",
    params = { required_schemes = { "ISO27001", "PrivacyMark", "ISO27017" } },
    append = statement(certificate("ISO27017", "2023-01-10", "2026-11-19", {}), {}),
    expect = { ["other-certificates"] = "fail" }, blame = "attestations[at-renewal].certificate.expires" },
  { "and may not be there",
    params = { required_schemes = { "ISO27001", "PrivacyMark", "ISO27017" } },
    expect = { ["other-certificates"] = "unknown", ["independent-body"] = "unknown" }, blame = "attestations" },

  -- R5: independence
  { "the provider certified itself",
    set = { [isms .. ".certificate.body"] = "株式会社クラウド基盤サービス " },
    expect = { ["independent-body"] = "fail" }, blame = isms .. ".certificate.body" },
  { "the provider granted itself the mark", base = ctx,
    set = { [mark .. ".certificate.body"] = "株式会社クラウド基盤サービス" },
    expect = { ["independent-body"] = "fail" }, blame = mark .. ".certificate.body" },
  { "the provider's own department certified it",
    set = { [isms .. ".certificate.body"] = "㈱クラウド基盤サービス　品質管理部" },
    expect = { ["independent-body"] = "fail" }, blame = isms .. ".certificate.body" },
  { "a body of blanks is nobody",
    set = { [isms .. ".certificate.body"] = "　" },
    expect = { ["independent-body"] = "fail" }, blame = isms .. ".certificate.body" },
  { "who certified it is not known",
    set = { [mark .. ".certificate.body"] = null },
    expect = { ["independent-body"] = "unknown" }, blame = mark .. ".certificate.body" },

  -- R6: surveillance
  { "a surveillance audit that is due today",
    set = { [isms .. ".certificate.surveillance_due"] = "2026-11-20", as_of = "2026-11-20T14:59:59Z" }, expect = {} },
  { "a surveillance audit that was due yesterday",
    set = { [isms .. ".certificate.surveillance_due"] = "2026-11-20", as_of = "2026-11-20T15:00:00Z" },
    expect = overdue, blame = isms .. ".certificate.surveillance_due" },
  { "with a day of grace", base = ctx,
    set = { [isms .. ".certificate.surveillance_due"] = "2026-11-19" }, params = { grace_days = 1 }, expect = {} },
  { "when it is due is not known",
    remove = { isms .. ".certificate.surveillance_due" }, expect = { ["surveillance"] = "unknown" },
    blame = isms .. ".certificate.surveillance_due" },
}
