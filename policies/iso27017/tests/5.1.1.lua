-- Tests of 5.1.1. On both bases the provider's policy is in the statement at-whitepaper
-- (/attestations/0, confirmed on 10 April, no expiry), the customer's in at-customer
-- (/attestations/3). It is 20 November 2026, nine in the morning in Tokyo.
--
-- What makes a statement count (ATT-1 to ATT-5) is tested here at its boundaries for all controls.

local ctx = "ctx/compliant.json"

local provider = "attestations[at-whitepaper]"
local customer = "attestations[at-customer]"

local function provider_rules(status)
  return { ["provider-policy"] = status, ["provider-topics"] = status, ["provider-policy-reviewed"] = status }
end

local function customer_rules(status)
  return { ["customer-policy"] = status, ["customer-policy-reviewed"] = status }
end

local failed, unknown = provider_rules("fail"), provider_rules("unknown")
local customer_failed, customer_unknown = customer_rules("fail"), customer_rules("unknown")

local all_topics = { "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9", "t10" }

-- Another statement of the provider's policy; false leaves a member out.
local function statement(more)
  local made = {
    id = "at-new", controls = { "5.1.1" }, statement = "x", issuer = "x", issuer_party = "provider",
    subject_party = "provider", scope = { "iad" }, issued = "2026-10-01",
    reviewed_at = "2026-10-02T09:00:00+09:00", reviewer = "x",
    evidence = { { uri = "https://docs.example.jp/policy-2026.pdf", title = "x" } }, topics = all_topics,
    policy = { version = "2", approved_by = "x", reviewed_at = "2026-09-01T09:00:00+09:00" },
  }
  for i = 1, #more, 2 do
    made[more[i]] = more[i + 1] or nil
  end
  return { attestations = made }
end

-- The customer's own, for the other service.
local function customer_statement(scope)
  local made = statement({ "scope", scope })
  made.attestations.issuer_party, made.attestations.subject_party = "customer", "customer"
  made.attestations.topics = nil
  return made
end

return {
  base = "iad/compliant.json",

  -- ATT-1: clause and scope
  { "the clause is understood in every spelling: A.5.1.1",
    set = { [provider .. ".controls"] = { "A.5.1.1" } }, expect = {} },
  { "the clause is understood in every spelling: 27017:5.1.1",
    set = { [provider .. ".controls"] = { "27017:5.1.1" } }, expect = {} },
  { "the clause is understood in every spelling: full width",
    set = { [provider .. ".controls"] = { "５.１.１" } }, expect = {} },
  { "15.1.1 is not 5.1.1",
    set = { [provider .. ".controls"] = { "15.1.1" } }, expect = unknown, blame = "attestations" },
  { "CLD.5.1.1 is not 5.1.1",
    set = { [provider .. ".controls"] = { "CLD.5.1.1" } }, expect = unknown },
  { "no clause is known",
    set = { [provider .. ".controls"] = null }, expect = unknown, blame = provider .. ".controls" },
  { "a policy that is stated for another service counts as not stated",
    set = { [provider .. ".scope"] = { "ctx" } }, expect = unknown },
  { "a policy that is stated for another service counts as not stated", base = ctx,
    set = { [provider .. ".scope"] = { "iad" } }, expect = unknown },
  { "a statement for all services holds",
    set = { [provider .. ".scope"] = { "*" } }, expect = {} },
  { "nobody knows for which service it holds",
    remove = { provider .. ".scope" }, expect = unknown, blame = provider .. ".scope" },
  { "with both services each of them needs a statement",
    set = { ["contract.service"] = "both" },
    expect = {
      ["provider-policy"] = "unknown", ["provider-topics"] = "unknown", ["provider-policy-reviewed"] = "unknown",
      ["customer-policy"] = "fail", ["customer-policy-reviewed"] = "fail",
    } },
  { "one statement may be for both of them",
    set = { ["contract.service"] = "both", [provider .. ".scope"] = { "iad", "ctx" },
      [customer .. ".scope"] = { "*" } },
    expect = {} },
  { "or there may be one for each",
    set = { ["contract.service"] = "both", [customer .. ".scope"] = { "*" } },
    append = statement({ "scope", { "ctx" } }), expect = {} },
  { "of the two, each is held to its own service",
    set = { ["contract.service"] = "both", [customer .. ".scope"] = { "*" } },
    append = statement({ "scope", { "ctx" }, "topics", { "t1" } }), expect = { ["provider-topics"] = "fail" },
    blame = "attestations[at-new].topics" },
  { "the provider's silence is missing data and no breach",
    remove = { provider }, expect = unknown, blame = "attestations" },
  { "the provider's silence is missing data and no breach", base = ctx,
    remove = { provider }, expect = unknown, blame = "attestations" },
  { "the customer's silence is its own",
    remove = { customer }, expect = customer_failed, blame = "/attestations" },
  { "no statement at all",
    set = { attestations = empty_list },
    expect = {
      ["provider-policy"] = "unknown", ["provider-topics"] = "unknown", ["provider-policy-reviewed"] = "unknown",
      ["customer-policy"] = "fail", ["customer-policy-reviewed"] = "fail",
    }, blame = "attestations" },
  { "statements that were not collected are unknown",
    remove = { "attestations" },
    expect = {
      ["provider-policy"] = "unknown", ["provider-topics"] = "unknown", ["provider-policy-reviewed"] = "unknown",
      ["customer-policy"] = "unknown", ["customer-policy-reviewed"] = "unknown",
    }, blame = "/attestations" },

  -- ATT-2: dates
  { "a statement that expires today holds until the end of the day",
    set = { [provider .. ".expires"] = "2026-11-20", as_of = "2026-11-20T23:59:59+09:00" }, expect = {} },
  { "a statement that expires today holds until the end of the day, in UTC",
    set = { [provider .. ".expires"] = "2026-11-20", as_of = "2026-11-20T14:59:59Z" }, expect = {} },
  { "a second later it does not",
    set = { [provider .. ".expires"] = "2026-11-20", as_of = "2026-11-21T00:00:00+09:00" },
    expect = failed, blame = provider .. ".expires" },
  { "a second later it does not, in UTC",
    set = { [provider .. ".expires"] = "2026-11-20", as_of = "2026-11-20T15:00:00Z" },
    expect = failed, blame = provider .. ".expires" },
  { "a statement that expired yesterday does not hold",
    set = { [provider .. ".expires"] = "2026-11-19" }, expect = failed, blame = provider .. ".expires" },
  { "what expired before it was issued never held",
    set = { [provider .. ".expires"] = "2024-08-30", as_of = "2026-11-20T09:00:00+09:00" },
    expect = failed, blame = provider .. ".expires" },
  { "without an expiry it counts from the confirmation, not from the issue: day 365",
    set = { [provider .. ".reviewed_at"] = "2025-11-20T00:00:00+09:00" }, expect = {} },
  { "day 365, in UTC",
    set = { [provider .. ".reviewed_at"] = "2025-11-19T15:00:00Z" }, expect = {} },
  { "day 366 is one too many",
    set = { [provider .. ".reviewed_at"] = "2025-11-19T23:59:59+09:00" },
    expect = failed, blame = provider .. ".reviewed_at" },
  { "day 366 is one too many, in UTC",
    set = { [provider .. ".reviewed_at"] = "2025-11-19T14:59:59Z" },
    expect = failed, blame = provider .. ".reviewed_at" },
  { "an expiry of null is none, and the confirmation counts",
    set = { [provider .. ".expires"] = null, [provider .. ".reviewed_at"] = "2025-11-19T12:00:00+09:00" },
    expect = failed, blame = provider .. ".reviewed_at" },
  { "with an expiry the confirmation may be older",
    set = { [provider .. ".expires"] = "2027-03-31", [provider .. ".reviewed_at"] = "2024-09-01T09:00:00+09:00" },
    expect = {} },
  { "the age is a parameter: day 224 of 224",
    params = { attestation_max_age_days = 224 }, expect = {} },
  { "the age is a parameter: day 224 of 223",
    params = { attestation_max_age_days = 223 },
    expect = {
      ["provider-policy"] = "fail", ["provider-topics"] = "fail", ["provider-policy-reviewed"] = "fail",
      ["customer-policy"] = "fail", ["customer-policy-reviewed"] = "fail",
    } },
  { "a statement that is issued today counts",
    set = { [provider .. ".issued"] = "2026-11-20", as_of = "2026-11-20T00:00:00+09:00" }, expect = {} },
  { "one that is issued tomorrow does not yet",
    set = { [provider .. ".issued"] = "2026-11-21" }, expect = failed, blame = provider .. ".issued" },
  { "a confirmation that lies in the future is none",
    set = { [provider .. ".reviewed_at"] = "2026-11-21T00:00:00+09:00" },
    expect = failed, blame = provider .. ".reviewed_at" },
  { "when it was confirmed is not known",
    remove = { provider .. ".reviewed_at" }, expect = unknown, blame = provider .. ".reviewed_at" },
  { "a date that no calendar has is unknown",
    set = { [provider .. ".issued"] = "2026-02-29" }, expect = unknown, blame = provider .. ".issued" },
  { "two statements of which one expired: the other counts",
    set = { [provider .. ".expires"] = "2026-09-30" }, append = statement({}), expect = {} },
  { "two statements of which one expired: the other counts, whichever is newer",
    append = statement({ "expires", "2026-11-19" }), expect = {} },
  { "two statements that both expired",
    set = { [provider .. ".expires"] = "2026-09-30" }, append = statement({ "expires", "2026-11-19" }),
    expect = failed, blame = "attestations[at-new].expires" },
  { "of two in force the newer one speaks",
    append = statement({ "topics", { "t1", "t2" } }), expect = { ["provider-topics"] = "fail" },
    blame = "attestations[at-new].topics" },
  { "of two in force the older one does not",
    append = statement({ "issued", "2024-08-30", "topics", { "t1", "t2" } }), expect = {} },
  { "which of two is newer is not known",
    append = statement({ "issued", null }), expect = unknown, blame = "attestations[at-new].issued" },

  -- ATT-3: evidence
  { "a statement without evidence does not count",
    set = { [provider .. ".evidence"] = empty_list }, expect = failed, blame = provider .. ".evidence" },
  { "evidence without a place does not count",
    set = { [provider .. ".evidence"] = { { uri = " ", title = "x" } } },
    expect = failed, blame = provider .. ".evidence" },
  { "evidence that leads out of the repository does not count",
    set = { [provider .. ".evidence"] = { { uri = "../policy.pdf", title = "x" } } },
    expect = failed, blame = provider .. ".evidence" },
  { "a path in the repository does",
    set = { [provider .. ".evidence"] = { { uri = "docs/policy.pdf", title = "x" } } }, expect = {} },
  { "a name that scanning damaged is not looked up",
    set = { [provider .. ".evidence"] = { { uri = "https://www.ij.example.jp/securitypolicy/", title = "x" } } },
    expect = {} },
  { "two pieces of evidence may be demanded",
    params = { attestation_min_evidence = 2 },
    expect = {
      ["provider-policy"] = "fail", ["provider-topics"] = "fail", ["provider-policy-reviewed"] = "fail",
      ["customer-policy"] = "fail", ["customer-policy-reviewed"] = "fail",
    } },
  { "evidence that is null is unknown",
    set = { [provider .. ".evidence"] = null }, expect = unknown, blame = provider .. ".evidence" },

  -- ATT-4: whose
  { "the customer cannot vouch for the provider's policy",
    set = { [provider .. ".issuer_party"] = "customer" }, expect = failed, blame = provider .. ".issuer_party" },
  { "the provider cannot vouch for the customer's",
    set = { [customer .. ".issuer_party"] = "provider" },
    expect = customer_failed, blame = customer .. ".issuer_party" },
  { "a third party can vouch for the provider",
    set = { [provider .. ".issuer_party"] = "third_party" }, expect = {} },
  { "a third party can vouch for the customer",
    set = { [customer .. ".issuer_party"] = "third_party" }, expect = {} },
  { "the customer's policy does not stand in for the provider's",
    set = { [provider .. ".subject_party"] = "customer" }, expect = unknown },
  { "a shared practice is nobody's policy",
    set = { [customer .. ".subject_party"] = "shared" }, expect = customer_failed },
  { "whose side it is about is not known",
    remove = { provider .. ".subject_party" },
    expect = {
      ["provider-policy"] = "unknown", ["provider-topics"] = "unknown", ["provider-policy-reviewed"] = "unknown",
      ["customer-policy"] = "unknown", ["customer-policy-reviewed"] = "unknown",
    }, blame = provider .. ".subject_party" },
  { "who issued it is not known",
    set = { [provider .. ".issuer_party"] = null }, expect = unknown, blame = provider .. ".issuer_party" },
  { "a party in Japanese is unknown",
    set = { [provider .. ".issuer_party"] = "事業者" }, expect = unknown, blame = provider .. ".issuer_party" },

  -- ATT-5: supersession
  { "a statement that was replaced does not count, although its dates are valid",
    append = statement({ "supersedes", "at-whitepaper", "expires", "2026-11-19" }), expect = failed },
  { "the one that replaced it does",
    set = { [provider .. ".topics"] = { "t1" } }, append = statement({ "supersedes", "at-whitepaper" }), expect = {} },
  { "what replaces it may say nothing of the policy, and then nothing is known of it",
    append = statement({ "supersedes", "at-whitepaper", "policy", false }),
    expect = { ["provider-policy"] = "unknown", ["provider-policy-reviewed"] = "unknown" },
    blame = "attestations[at-new].policy" },
  { "or nothing of the topics",
    append = statement({ "supersedes", "at-whitepaper", "topics", false }),
    expect = { ["provider-topics"] = "unknown" }, blame = "attestations[at-new].topics" },
  { "a replacement that is issued tomorrow replaces nothing yet",
    append = statement({ "supersedes", "at-whitepaper", "issued", "2026-11-21" }), expect = {} },
  { "a replacement for another service still replaces it",
    append = statement({ "supersedes", "at-whitepaper", "scope", { "ctx" } }), expect = failed },

  -- R1, R4: approval
  { "a policy that nobody approved",
    set = { [provider .. ".policy.approved_by"] = null },
    expect = { ["provider-policy"] = "fail" }, blame = provider .. ".policy.approved_by" },
  { "a policy that a space approved",
    set = { [provider .. ".policy.approved_by"] = " " },
    expect = { ["provider-policy"] = "fail" }, blame = provider .. ".policy.approved_by" },
  { "a policy that a dash approved",
    set = { [provider .. ".policy.approved_by"] = "－" },
    expect = { ["provider-policy"] = "fail" }, blame = provider .. ".policy.approved_by" },
  { "a policy of the customer's that waits for its approval",
    set = { [customer .. ".policy.approved_by"] = "未承認" },
    expect = { ["customer-policy"] = "fail" }, blame = customer .. ".policy.approved_by" },
  { "nobody knows whether it was approved",
    remove = { provider .. ".policy.approved_by" },
    expect = { ["provider-policy"] = "unknown" }, blame = provider .. ".policy.approved_by" },
  { "a policy of the customer's that nobody approved",
    set = { [customer .. ".policy.approved_by"] = null },
    expect = { ["customer-policy"] = "fail" }, blame = customer .. ".policy.approved_by" },
  { "nobody knows whether the customer's was approved",
    remove = { customer .. ".policy.approved_by" },
    expect = { ["customer-policy"] = "unknown" }, blame = customer .. ".policy.approved_by" },
  { "a statement of the provider's that says nothing of a policy",
    remove = { provider .. ".policy" },
    expect = { ["provider-policy"] = "unknown", ["provider-policy-reviewed"] = "unknown" } },
  { "where only the provider is judged, the customer's policy is not asked for",
    params = { customer_side = false }, remove = { customer },
    expect = { ["customer-policy"] = "not_applicable", ["customer-policy-reviewed"] = "not_applicable" } },

  -- R2: topics
  { "topics may come in any order, and twice",
    set = { [provider .. ".topics"] = { "t10", "t9", "t8", "t7", "t6", "t5", "t4", "t3", "t2", "t1", "t1" } },
    expect = {} },
  { "a topic that is missing",
    set = { [provider .. ".topics"] = { "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9", "t9" } },
    expect = { ["provider-topics"] = "fail" }, blame = provider .. ".topics" },
  { "nobody says what it covers",
    remove = { provider .. ".topics" },
    expect = { ["provider-topics"] = "unknown" } },
  { "an empty list of topics is unknown",
    set = { [provider .. ".topics"] = empty_list },
    expect = { ["provider-topics"] = "unknown" }, blame = provider .. ".topics" },
  { "a topic of an unknown number is unknown",
    set = { [provider .. ".topics"] = { "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9", "t11" } },
    expect = { ["provider-topics"] = "unknown" }, blame = provider .. ".topics[t11]" },
  { "fewer topics may be demanded",
    set = { [provider .. ".topics"] = { "t3", "t4" } }, params = { required_topics = { "t3", "t4" } }, expect = {} },
  { "the topics may be in a statement of their own",
    remove = { provider .. ".topics" },
    append = statement({ "policy", false }), expect = {} },

  -- R3, R4: reviews of the policy
  { "a review 365 days ago still counts",
    set = { [provider .. ".policy.reviewed_at"] = "2025-11-20T00:00:00+09:00" }, expect = {} },
  { "a review 365 days ago still counts, in UTC", base = ctx,
    set = { [provider .. ".policy.reviewed_at"] = "2025-11-19T15:00:00Z" }, expect = {} },
  { "a review 366 days ago does not",
    set = { [provider .. ".policy.reviewed_at"] = "2025-11-19T23:59:59+09:00" },
    expect = { ["provider-policy-reviewed"] = "fail" }, blame = provider .. ".policy.reviewed_at" },
  { "a review 366 days ago does not, in UTC", base = ctx,
    set = { [provider .. ".policy.reviewed_at"] = "2025-11-19T14:59:59Z" },
    expect = { ["provider-policy-reviewed"] = "fail" }, blame = provider .. ".policy.reviewed_at" },
  { "a review that lies in the future is unknown",
    set = { [provider .. ".policy.reviewed_at"] = "2026-12-01T09:00:00+09:00" },
    expect = { ["provider-policy-reviewed"] = "unknown" }, blame = provider .. ".policy.reviewed_at" },
  { "a policy without a review is unknown",
    remove = { provider .. ".policy.reviewed_at" },
    expect = { ["provider-policy-reviewed"] = "unknown" }, blame = provider .. ".policy.reviewed_at" },
  { "a customer's policy that was reviewed 365 days ago",
    set = { [customer .. ".policy.reviewed_at"] = "2025-11-20T00:00:00+09:00" }, expect = {} },
  { "a customer's policy that was reviewed 366 days ago",
    set = { [customer .. ".policy.reviewed_at"] = "2025-11-19T12:00:00+09:00" },
    expect = { ["customer-policy-reviewed"] = "fail" }, blame = customer .. ".policy.reviewed_at" },
  { "a customer's policy without a review is unknown",
    remove = { customer .. ".policy.reviewed_at" },
    expect = { ["customer-policy-reviewed"] = "unknown" }, blame = customer .. ".policy.reviewed_at" },
  { "the interval of reviews is a parameter",
    params = { policy_review_days = 30 },
    expect = { ["provider-policy-reviewed"] = "fail", ["customer-policy-reviewed"] = "fail" } },
  { "the time of the evaluation is not known",
    remove = { "as_of" },
    expect = {
      ["provider-policy"] = "unknown", ["provider-topics"] = "unknown", ["provider-policy-reviewed"] = "unknown",
      ["customer-policy"] = "unknown", ["customer-policy-reviewed"] = "unknown",
    } },
  { "the customer's policy for one of two services is not that for the other",
    set = { ["contract.service"] = "both", [provider .. ".scope"] = { "*" } },
    append = customer_statement({ "ctx" }), expect = {} },
  { "the customer's policy was not stated",
    remove = { customer .. ".policy" }, expect = customer_unknown, blame = customer .. ".policy" },
}
