-- Tests of 14.1.1. Both bases pass: at-customer names the three documents and the decision of
-- 2026-04; the white papers are version 1.1, of 2024-08-31 (IAD) and 2024-10-08 (CTX).

local ctx = "ctx/compliant.json"

local statement = "attestations[at-customer]"
local paper = statement .. ".documents[whitepaper]"
local fit = statement .. ".fit"

local function all(status)
  return {
    ["documents-named"] = status, ["whitepaper-latest"] = status, ["fit-decided"] = status, ["gaps-closed"] = status,
  }
end

-- Another statement of the customer, for CTX.
local function other(more)
  local item = {
    id = "at-other", controls = { "14.1.1" }, statement = "適合を確認した", issuer = "株式会社みなと精機",
    issuer_party = "customer", subject_party = "customer", scope = { "ctx" }, issued = "2026-04-01",
    reviewed_at = "2026-04-10T11:00:00+09:00", reviewer = "渡辺 直子",
    evidence = { { uri = "docs/fit-gap-ctx.xlsx", title = "適合性確認表" } },
    documents = {
      { id = "policy", number = "情報セキュリティ基本方針", version = "2026-04", dated = "2026-04-01" },
      { id = "whitepaper", number = "IIJ-VDS051-0002", version = "1.1", dated = "2024-10-08" },
      { id = "service_documents", number = "サービス仕様書", version = "2026.2", dated = "2026-09-01" },
    },
    fit = { decided_at = "2026-04-10T11:00:00+09:00", decided_by = "渡辺 直子", gaps = 0 },
  }
  for key, value in pairs(more or {}) do
    item[key] = value
  end
  return item
end

return {
  base = "iad/compliant.json",

  -- the statement
  { "a customer that stated nothing has not looked",
    set = { [statement .. ".controls"] = { "5.1.1" } }, expect = all("fail"), blame = "/attestations" },
  { "the provider's statement does not stand for the customer's",
    append = { ["attestations[at-whitepaper].controls"] = "14.1.1" },
    set = { [statement .. ".controls"] = { "5.1.1" } }, expect = all("fail") },
  { "the provider cannot state that the service fits the customer",
    set = { [statement .. ".issuer_party"] = "provider" },
    expect = all("fail"), blame = statement .. ".issuer_party" },
  { "27017:14.1.1 is the same clause", set = { [statement .. ".controls"] = { "27017:14.1.1" } }, expect = {} },
  { "confirmed 366 days ago it no longer counts",
    set = { [statement .. ".reviewed_at"] = "2025-11-19T10:00:00+09:00" },
    expect = all("fail"), blame = statement .. ".reviewed_at" },
  { "confirmed 365 days ago it does",
    set = { [statement .. ".reviewed_at"] = "2025-11-20T00:00:00+09:00" }, expect = {} },
  { "statements that were not collected are unknown",
    remove = { "attestations" }, expect = all("unknown"), blame = "/attestations" },
  { "of a collected list that is empty, nothing was stated",
    set = { attestations = empty_list }, expect = all("fail") },
  { "a statement for the other service is none",
    set = { [statement .. ".scope"] = { "ctx" } }, expect = all("fail") },
  { "both services need a statement each",
    set = { ["contract.service"] = "both" }, expect = all("fail") },
  { "and pass with one each",
    set = { ["contract.service"] = "both" }, append = { attestations = other() }, expect = {} },
  { "of both, each needs its own white paper",
    set = { ["contract.service"] = "both", [statement .. ".scope"] = { "iad", "ctx" } },
    expect = { ["whitepaper-latest"] = "fail", ["fit-decided"] = "fail" } },
  { "which a second statement may name",
    set = { ["contract.service"] = "both", [statement .. ".scope"] = { "*" } },
    append = { attestations = other() }, expect = {} },

  -- R1: documents
  { "a document that is not named is found",
    remove = { statement .. ".documents[policy]" },
    expect = { ["documents-named"] = "fail" }, blame = statement .. ".documents" },
  { "a statement without documents is unknown",
    remove = { statement .. ".documents" },
    expect = { ["documents-named"] = "unknown", ["whitepaper-latest"] = "unknown", ["fit-decided"] = "unknown" },
    blame = statement .. ".documents" },
  { "a number of blanks is none",
    set = { [statement .. ".documents[policy].number"] = " " },
    expect = { ["documents-named"] = "fail" }, blame = statement .. ".documents[policy].number" },
  { "a version of blanks is none",
    set = { [statement .. ".documents[policy].version"] = " " },
    expect = { ["documents-named"] = "fail" }, blame = statement .. ".documents[policy].version" },
  { "a document of today is one",
    set = { [statement .. ".documents[policy].dated"] = "2026-11-20" }, expect = {} },
  { "a document of tomorrow is not",
    set = { [statement .. ".documents[policy].dated"] = "2026-11-21" },
    expect = { ["documents-named"] = "fail" }, blame = statement .. ".documents[policy].dated" },
  { "a date without leading zeros is no date",
    set = { [statement .. ".documents[policy].dated"] = "2026.4.1" },
    expect = { ["documents-named"] = "unknown" }, blame = statement .. ".documents[policy].dated" },
  { "a document without a version is unknown",
    remove = { statement .. ".documents[policy].version" }, expect = { ["documents-named"] = "unknown" } },

  -- R2: the newest white paper
  { "an older version is found",
    set = { [paper .. ".version"] = "1.0", [paper .. ".dated"] = "2023-10-04" },
    expect = { ["whitepaper-latest"] = "fail" }, blame = statement .. ".documents[whitepaper].version" },
  { "the dotted date of the paper itself is unknown",
    set = { [paper .. ".dated"] = "2024.8.31" },
    expect = { ["documents-named"] = "unknown", ["whitepaper-latest"] = "unknown", ["fit-decided"] = "unknown" },
    blame = statement .. ".documents[whitepaper].dated" },
  { "1.10 is newer than 1.2",
    set = { [paper .. ".version"] = "1.10" }, params = { whitepaper_iad_version = "1.2" }, expect = {} },
  { "1.2 is older than 1.10",
    set = { [paper .. ".version"] = "1.2" }, params = { whitepaper_iad_version = "1.10" },
    expect = { ["whitepaper-latest"] = "fail" } },
  { "1.1.0 is 1.1", set = { [paper .. ".version"] = "1.1.0" }, expect = {} },
  { "第1.1版 is 1.1", set = { [paper .. ".version"] = "第1.1版" }, expect = {} },
  { "full-width digits are digits", set = { [paper .. ".version"] = "１．１" }, expect = {} },
  { "2 is newer than 1.1", set = { [paper .. ".version"] = "2" }, expect = {} },
  { "a higher version with the date of an older one is not newer",
    set = { [paper .. ".version"] = "第1版（2023-10-04）", [paper .. ".dated"] = "2023-10-04" },
    expect = { ["whitepaper-latest"] = "fail" }, blame = statement .. ".documents[whitepaper].dated" },
  { "nor is one whose number stands before its version",
    set = { [paper .. ".version"] = "IAD012 v1.0", [paper .. ".dated"] = "2024-08-30" },
    expect = { ["whitepaper-latest"] = "fail" }, blame = statement .. ".documents[whitepaper].dated" },
  { "two versions may be of one day",
    set = { [paper .. ".version"] = "1.2", [paper .. ".dated"] = "2024-08-31" }, expect = {} },
  { "a version without a number cannot be compared",
    set = { [paper .. ".version"] = "最新版" },
    expect = { ["whitepaper-latest"] = "unknown", ["fit-decided"] = "unknown" }, blame = paper },
  { "a newer white paper is known by parameter",
    params = { whitepaper_iad_version = "1.2", whitepaper_iad_dated = "2026-09-01" },
    expect = { ["whitepaper-latest"] = "fail" } },
  { "the newest version with another date is not that paper",
    set = { [paper .. ".dated"] = "2024-10-08" },
    expect = { ["whitepaper-latest"] = "fail" }, blame = statement .. ".documents[whitepaper].dated" },
  { "the other service's white paper is not this one's",
    set = { [paper .. ".number"] = "IIJ-VDS051-0002" },
    expect = { ["whitepaper-latest"] = "fail", ["fit-decided"] = "fail" }, blame = statement .. ".documents" },
  { "the number may stand in a title",
    set = { [paper .. ".number"] = "ホワイトペーパー（iij-iad012-0002）" }, expect = {} },
  { "CTX has a white paper of its own", base = ctx,
    set = { [paper .. ".number"] = "IIJ-IAD012-0002", [paper .. ".dated"] = "2024-08-31" },
    expect = { ["whitepaper-latest"] = "fail", ["fit-decided"] = "fail" } },
  { "an older version of it is found", base = ctx,
    set = { [paper .. ".version"] = "1.0", [paper .. ".dated"] = "2023-10-04" },
    expect = { ["whitepaper-latest"] = "fail" } },
  { "a white paper without version is unknown",
    remove = { paper .. ".version" },
    expect = { ["documents-named"] = "unknown", ["whitepaper-latest"] = "unknown", ["fit-decided"] = "unknown" } },

  -- R3: the decision
  { "a decision of the paper's day counts",
    set = { [fit .. ".decided_at"] = "2024-08-30T15:00:00Z" }, expect = {} },
  { "a decision of the day before, in Tokyo, does not",
    set = { [fit .. ".decided_at"] = "2024-08-30T14:59:59Z" },
    expect = { ["fit-decided"] = "fail" }, blame = statement .. ".fit.decided_at" },
  { "the same with the offset of Tokyo",
    set = { [fit .. ".decided_at"] = "2024-08-30T23:59:59+09:00" }, expect = { ["fit-decided"] = "fail" } },
  { "a decision that lies ahead is none yet",
    set = { [fit .. ".decided_at"] = "2026-12-01T00:00:00+09:00" },
    expect = { ["fit-decided"] = "unknown", ["gaps-closed"] = "unknown" }, blame = fit .. ".decided_at" },
  { "a decision before the contract began is as good",
    set = { ["contract.started_on"] = "2026-05-01" }, expect = {} },
  { "one after it began is remarked on, and no more",
    set = { ["contract.started_on"] = "2026-04-09" }, expect = {} },
  { "a decision that nobody made is none",
    set = { [fit .. ".decided_by"] = " " },
    expect = { ["fit-decided"] = "fail" }, blame = statement .. ".fit.decided_by" },
  { "a statement without a decision is unknown",
    remove = { fit }, expect = { ["fit-decided"] = "unknown", ["gaps-closed"] = "unknown" },
    blame = statement .. ".fit" },
  { "the newest decision counts",
    append = { attestations = other({
      scope = { "iad" },
      fit = { decided_at = "2023-10-10T09:00:00+09:00", decided_by = "渡辺 直子", gaps = 4 },
    }) }, expect = {} },
  { "an open gap is found",
    set = { [fit .. ".gaps"] = 1 }, expect = { ["gaps-closed"] = "fail" }, blame = statement .. ".fit.gaps" },
  { "as many as are allowed are not",
    set = { [fit .. ".gaps"] = 2 }, params = { open_gaps = 2 }, expect = {} },
  { "one more is",
    set = { [fit .. ".gaps"] = 3 }, params = { open_gaps = 2 }, expect = { ["gaps-closed"] = "fail" } },
  { "a number of gaps that is null is unknown",
    set = { [fit .. ".gaps"] = null }, expect = { ["gaps-closed"] = "unknown" } },
}
